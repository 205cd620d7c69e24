package io.ringgate.forward;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Where a receiver is said to be: an IP address or a name, and a port. An IPv6 address is written without brackets. */
public record ReceiverAddress(String host, int port) {

    public ReceiverAddress {
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f)) {
            throw new IllegalArgumentException("a receiver's host is a name or an IP address: '" + host + "'");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a receiver's port is between 1 and 65535: " + port);
        }
    }

    /** As in a Host header or a metric label. */
    @Override
    public String toString() {
        return text(host, port);
    }

    public static String text(InetAddress address, int port) {
        String host = address.getHostAddress();
        int zone = address instanceof Inet6Address ? host.indexOf('%') : -1;
        return text(zone < 0 ? host : host.substring(0, zone), port);
    }

    private static String text(String host, int port) {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
