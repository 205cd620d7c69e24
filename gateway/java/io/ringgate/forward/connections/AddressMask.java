package io.ringgate.forward.connections;

import java.util.regex.Pattern;

/** Removes network addresses from a receiver's text before a sender gets it: senders must not learn where receivers are. */
final class AddressMask {

    private static final String MASK = "<address>";

    /** IPv6 in brackets, IPv4 with or without a port, a host name with a port. A time of day is none of them. */
    private static final Pattern ADDRESS = Pattern.compile("\\[[0-9A-Fa-f:.%\\w]*:[0-9A-Fa-f:.%\\w]*\\](?::\\d{1,5})?"
            + "|(?<![\\w.-])\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?(?![\\w.-])"
            + "|(?<![\\w.:-])(?=[\\w.-]*+:)(?=[\\w.-]*[A-Za-z])[\\w.-]++:\\d{1,5}(?![\\w-]|[.:]\\w)");

    private AddressMask() {}

    static String in(String words) {
        return ADDRESS.matcher(words).replaceAll(MASK);
    }
}
