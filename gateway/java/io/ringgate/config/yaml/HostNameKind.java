package io.ringgate.config.yaml;

import io.ringgate.config.HostPort;

/** A name or an address that clients call, without a port; {@code *} may stand for the first label of a name. */
final class HostNameKind implements ValueKind<String> {

    private static final String ADVICE = "write a name, *.NAME, an IPv4 or an IPv6 address, without a port";

    @Override
    public String type() {
        return "name, `*.NAME` or address";
    }

    @Override
    public String read(String text) throws InvalidValue {
        boolean brackets = text.startsWith("[") && text.endsWith("]");
        String bare = brackets ? text.substring(1, text.length() - 1) : text;
        String name = bare.startsWith("*.") ? bare.substring(2) : bare;
        if (!HostPort.isHost(name) || (brackets && !bare.contains(":"))) {
            throw new InvalidValue("is no host, " + ADVICE);
        }
        return bare;
    }
}
