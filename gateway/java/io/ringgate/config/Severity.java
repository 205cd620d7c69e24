package io.ringgate.config;

/** How bad a problem is. */
public enum Severity {
    /** The configuration cannot be used. */
    ERROR,
    /** It can be used, but probably does not do what its author wants. */
    WARNING
}
