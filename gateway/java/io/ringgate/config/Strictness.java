package io.ringgate.config;

/**
 * How a named but absent certificate, key, password or hashring file is reported: the samples must pass a check on a
 * fresh clone.
 */
public enum Strictness {
    /** A warning: only the text is looked at. */
    LENIENT(Severity.WARNING),
    /** An error: the gateway is about to use the file. */
    STRICT(Severity.ERROR);

    private final Severity absentFile;

    Strictness(Severity absentFile) {
        this.absentFile = absentFile;
    }

    public Severity absentFile() {
        return absentFile;
    }
}
