package io.ringgate.hashring;

/** A tenant pattern that cannot be read. Thanos fails every write that meets it; the message is Thanos's. */
public final class MalformedPattern extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedPattern(String pattern, String tenant) {
        super("error matching tenant pattern " + pattern + " (tenant " + tenant + "): syntax error in pattern");
    }
}
