package io.ringgate.hashring;

/** A tenant pattern that cannot be read. Thanos fails every write that comes upon it; its words are kept. */
public final class MalformedPattern extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedPattern(String pattern, String tenant) {
        super("error matching tenant pattern " + pattern + " (tenant " + tenant + "): syntax error in pattern");
    }
}
