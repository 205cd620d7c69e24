package io.ringgate.edge;

import org.jspecify.annotations.Nullable;

/**
 * All addresses that begin with the same bits.
 *
 * @param first its lowest address
 * @param prefix how many bits they share
 */
public record Network(Address first, int prefix) {

    /** How a network is written, for messages. */
    public static final String RULE = "10.0.0.0/8, 2001:db8::/32 or one address";

    /** What has no address counts as this. It contains no address, and no text is read as it. */
    public static final Network NOWHERE = new Network(Address.NONE, 0);

    public Network {
        if (prefix < 0 || prefix > bits(first) || !first.equals(cut(first, prefix))) {
            throw new IllegalArgumentException("not a network: " + first + "/" + prefix);
        }
    }

    /** Null for anything but an address, or the first address of a network with its prefix. */
    public static @Nullable Network parse(String text) {
        int slash = text.indexOf('/');
        Address first = Address.parse(slash < 0 ? text : text.substring(0, slash));
        String prefix = slash < 0 ? "" : text.substring(slash + 1);
        if (first == null || (slash >= 0 && !prefix.matches("[0-9]{1,3}"))) {
            return null;
        }
        Network around = around(first, slash < 0 ? bits(first) : Integer.parseInt(prefix));
        return around != null && around.first.equals(first) ? around : null;
    }

    /** The network of that prefix that the address is in; null for a prefix that no network has. */
    public static @Nullable Network around(Address address, int prefix) {
        return prefix < 0 || prefix > bits(address) ? null : new Network(cut(address, prefix), prefix);
    }

    private static int bits(Address address) {
        return address.six() ? 2 * Long.SIZE : Integer.SIZE;
    }

    public boolean contains(Address address) {
        return !address.equals(Address.NONE)
                && address.six() == first.six()
                && cut(address, prefix).equals(first);
    }

    private static Address cut(Address address, int prefix) {
        if (address.equals(Address.NONE)) {
            return address;
        }
        if (!address.six()) {
            return new Address(false, 0, address.low() & mask(prefix + Integer.SIZE));
        }
        return new Address(
                true, address.high() & mask(Math.min(prefix, Long.SIZE)), address.low() & mask(prefix - Long.SIZE));
    }

    /** The highest bits of a word; none for a negative number. */
    private static long mask(int bits) {
        return bits <= 0 ? 0 : -1L << (Long.SIZE - bits);
    }

    @Override
    public String toString() {
        if (!first.six()) {
            return this.equals(NOWHERE) || prefix == Integer.SIZE ? first.toString() : first + "/" + prefix;
        }
        if (prefix == 2 * Long.SIZE) {
            return first.toString();
        }
        String text = first.toString();
        int end = text.length();
        while (text.startsWith(":0", end - 2)) {
            end -= 2;
        }
        return text.substring(0, end) + (end < text.length() ? "::/" : "/") + prefix;
    }
}
