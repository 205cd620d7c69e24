package io.ringgate.config.yaml;

import io.ringgate.config.SourcePosition;

/** A value that was read, and where. */
record LocatedValue<T>(T value, SourcePosition position) {}
