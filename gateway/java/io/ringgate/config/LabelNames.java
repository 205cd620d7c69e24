package io.ringgate.config;

/** Which label names senders may use. */
public enum LabelNames {
    /** Any valid text, as Prometheus 3 allows. */
    UTF8,
    /** Letters, digits and underscore, as Prometheus 2 allowed; other series are refused. */
    LEGACY
}
