package io.ringgate.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP address as two numbers. An IPv4 address that is written inside IPv6 is the IPv4 address.
 *
 * @param high the first 64 bits of an IPv6 address; of an IPv4 address 0
 * @param low the rest of it, or the 32 bits of an IPv4 address
 */
public record Address(boolean six, long high, long low) {

    /** No address: of a peer that has gone, or that a proxy does not name. It is in no network, not in 0.0.0.0/0 either. */
    public static final Address NONE = new Address(false, -1, 0);

    private static final int HALF = 8;
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    /** The peer as our own socket knows it. */
    public static Address of(@Nullable SocketAddress peer) {
        InetAddress address = peer instanceof InetSocketAddress inet ? inet.getAddress() : null;
        return address == null ? NONE : of(address);
    }

    public static Address of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length > HALF
                ? new Address(true, bits(bytes, 0, HALF), bits(bytes, HALF, bytes.length))
                : new Address(false, 0, bits(bytes, 0, bytes.length));
    }

    /** Null for anything that is not a whole address in digits; no name is looked up. The JDK takes fewer than four parts. */
    public static @Nullable Address parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return null;
        }
        try {
            return of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** True for 0.0.0.0 and ::, which are written where an address is not known. Nobody can send from there. */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    /** Not of {@link #NONE}. */
    public InetAddress toInet() {
        return InetAddress.ofLiteral(toString());
    }

    private static long bits(byte[] bytes, int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits = bits << Byte.SIZE | (bytes[i] & 0xff);
        }
        return bits;
    }

    /**
     * The source, as far as one client can hardly choose it: an IPv4 address, or the first half of an IPv6 address, since a
     * whole /64 belongs to one household or machine.
     */
    public Network source() {
        if (equals(NONE)) {
            return Network.NOWHERE;
        }
        return six ? new Network(new Address(true, high, 0), Long.SIZE) : new Network(this, Integer.SIZE);
    }

    @Override
    public String toString() {
        if (equals(NONE)) {
            return "an unknown address";
        }
        return six ? groups(high) + ":" + groups(low) : dotted();
    }

    private static String groups(long half) {
        StringBuilder text = new StringBuilder();
        for (int shift = Long.SIZE - Short.SIZE; shift >= 0; shift -= Short.SIZE) {
            text.append(Long.toHexString(half >>> shift & 0xffff)).append(shift > 0 ? ":" : "");
        }
        return text.toString();
    }

    private String dotted() {
        return (low >>> 24) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
    }
}
