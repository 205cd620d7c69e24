package io.ringgate.edge;

/** Which label names senders may use. */
public enum LabelNames {
    /** Any valid UTF-8, as Prometheus 3 and OpenTelemetry send. */
    UTF8,
    /** Letters, digits and underscore only, as Prometheus 2 allowed; other series are refused. */
    LEGACY
}
