package io.ringgate.config;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port, to listen on or to connect to. Never resolved here.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 to 65535; 0 lets the system choose where one listens
 */
public record HostPort(String host, int port) {

    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}\\.?$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\\.?");
    private static final Pattern ONLY_DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

    /** Four parts: {@code 127.1} is an address too by old custom, but hardly what was meant. */
    private static final Pattern QUAD = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");

    /** True for a name that DNS could know and for an IP address without brackets. Asks nobody. */
    public static boolean isHost(String text) {
        if (ONLY_DIGITS_AND_DOTS.matcher(text).matches()) {
            return QUAD.matcher(text).matches() && literal(text) != null;
        }
        return text.contains(":") ? literal(text) != null : NAME.matcher(text).matches();
    }

    /** True for addresses that only this machine reaches, and for the name {@code localhost}. */
    public boolean isLoopback() {
        InetAddress address = literal(host);
        return address == null ? host.toLowerCase(Locale.ROOT).equals("localhost") : address.isLoopbackAddress();
    }

    /** True for {@code 0.0.0.0} and {@code ::}, which take a port on every address of the machine. */
    public boolean isWildcard() {
        InetAddress address = literal(host);
        return address != null && address.isAnyLocalAddress();
    }

    /** The form an operator writes: an IPv6 address stands in brackets. */
    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }

    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
