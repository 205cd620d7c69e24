package io.ringgate.wire;

/** Which label names a sender may use. */
public enum Names {
    /** Any valid UTF-8, as Prometheus 3 and OpenTelemetry send. */
    UTF8,
    /** Letters, digits and underscore only, as remote write 1.0 was first written down. */
    LEGACY
}
