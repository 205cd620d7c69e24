package io.ringgate.config.yaml;

import io.ringgate.config.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * {@code host:port}, an IPv6 host in brackets.
 *
 * @param defaultPort for a host without one; absent means the port must be written
 * @param leastPort 0 where the system may choose
 */
record HostPortKind(@Nullable Integer defaultPort, int leastPort) implements ValueKind<HostPort> {

    static final HostPortKind LISTEN = new HostPortKind(null, 0);

    @Override
    public String type() {
        return defaultPort == null ? "`host:port`" : "`host` or `host:port`";
    }

    @Override
    public HostPort read(String text) throws InvalidValue {
        if (text.contains("://")) {
            throw new InvalidValue("is a URL, write only host and port");
        }
        int colon = portColon(text);
        String host = unbracketed(colon < 0 ? text : text.substring(0, colon), text);
        if (colon >= 0) {
            return new HostPort(host, port(text.substring(colon + 1)));
        }
        if (defaultPort == null) {
            throw new InvalidValue("has no port, write host:port, for example " + bracketed(host) + ":19291");
        }
        return new HostPort(host, defaultPort);
    }

    /** The colon before the port; none in {@code ::1}, which is an address and nothing else. */
    private static int portColon(String text) throws InvalidValue {
        int last = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            return last > text.indexOf(']') ? last : -1;
        }
        if (last != text.indexOf(':')) {
            throw new InvalidValue("has several colons, write an IPv6 address in brackets, for example [::1]:19291");
        }
        return last;
    }

    private static String unbracketed(String host, String text) throws InvalidValue {
        if (host.isEmpty()) {
            throw new InvalidValue(
                    "has no host, write for example 0.0.0.0" + text + " for every address of this machine");
        }
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        String bare = brackets ? host.substring(1, host.length() - 1) : host;
        if (!HostPort.isHost(bare) || brackets != bare.contains(":")) {
            throw new InvalidValue("has no valid host, write a name, an IPv4 address or an IPv6 address in brackets");
        }
        return bare;
    }

    private int port(String text) throws InvalidValue {
        try {
            return ValueKind.number("a port", leastPort, 65_535).read(text);
        } catch (InvalidValue unfit) {
            throw new InvalidValue("has a port that " + unfit.reason().replaceFirst("^is not a port", "is none"));
        }
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
