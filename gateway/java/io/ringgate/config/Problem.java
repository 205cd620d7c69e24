package io.ringgate.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param message what is wrong and what to write instead, one sentence without a full stop
 */
public record Problem(Severity severity, SourcePosition position, String message) {

    /** For example {@code config/ringgate.yaml:12: receivers.write.port: 70000 is not a port, write ...}. */
    @Override
    public String toString() {
        String mark = severity == Severity.WARNING ? ": warning: " : ": ";
        String path = position.path().isEmpty() ? "" : position.path() + ": ";
        return position.fileAndLine() + mark + path + message;
    }
}
