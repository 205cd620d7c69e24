package io.ringgate.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param message what is wrong and what to write instead, one sentence without a full stop
 */
public record Problem(Severity severity, Place place, String message) {

    /** For example {@code config/ringgate.yaml:12: receivers.write.port: 70000 is not a port, write ...}. */
    @Override
    public String toString() {
        String mark = severity == Severity.WARNING ? ": warning: " : ": ";
        String path = place.path().isEmpty() ? "" : place.path() + ": ";
        return place.fileAndLine() + mark + path + message;
    }
}
