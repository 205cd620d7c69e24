package io.ringgate.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection comes from, as far as one client can hardly choose it: an IPv4 address, or the first half of an IPv6
 * address, since a whole /64 belongs to one household or machine.
 *
 * @param bits the address, or its first 64 bits
 */
record Source(boolean six, long bits) {

    private static final int HALF = 8;

    /** The peer as our own socket knows it. One that has no address any more counts as 0.0.0.0. */
    static Source of(@Nullable SocketAddress peer) {
        InetAddress address = peer instanceof InetSocketAddress inet ? inet.getAddress() : null;
        if (address == null) {
            return new Source(false, 0);
        }
        byte[] bytes = address.getAddress();
        long bits = 0;
        for (int i = 0; i < Math.min(HALF, bytes.length); i++) {
            bits = bits << Byte.SIZE | (bytes[i] & 0xff);
        }
        return new Source(bytes.length > HALF, bits);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int parts = 4;
        int width = six ? Short.SIZE : Byte.SIZE;
        for (int i = parts - 1; i >= 0; i--) {
            long part = bits >>> (i * width) & ((1L << width) - 1);
            text.append(six ? Long.toHexString(part) : Long.toString(part));
            if (i > 0) {
                text.append(six ? ':' : '.');
            }
        }
        return six ? text.append("::/64").toString() : text.toString();
    }
}
