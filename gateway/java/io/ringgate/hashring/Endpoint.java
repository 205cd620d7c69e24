package io.ringgate.hashring;

import org.jspecify.annotations.Nullable;

/**
 * One receiver of a ring. The address is what is hashed and stays as it was written: nothing is trimmed, lower-cased or
 * looked up.
 *
 * @param address usually host and port of gRPC; not empty
 * @param capnprotoAddress for replication by Cap'n Proto
 * @param zone the availability zone, empty when none was written
 */
public record Endpoint(String address, String capnprotoAddress, String zone) {

    private static final String CAPNPROTO_PORT = ":19391";

    /** With an empty Cap'n Proto address it gets the usual one: all before the first colon, even of an IPv6 address. */
    static Endpoint of(String address, String capnprotoAddress, String zone) {
        if (!capnprotoAddress.isEmpty()) {
            return new Endpoint(address, capnprotoAddress, zone);
        }
        int colon = address.indexOf(':');
        return new Endpoint(address, (colon < 0 ? address : address.substring(0, colon)) + CAPNPROTO_PORT, zone);
    }

    /** The host alone, an IPv6 address without its brackets; null when the address is not of the form host:port. */
    public @Nullable String host() {
        int first = address.indexOf(':');
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            boolean portOnly = end > 0 && (end + 1 == address.length() || address.charAt(end + 1) == ':');
            return portOnly ? address.substring(1, end) : null;
        }
        return first == address.lastIndexOf(':') ? address.substring(0, first < 0 ? address.length() : first) : null;
    }
}
