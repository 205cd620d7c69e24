package io.ringgate.config;

import java.nio.file.Path;

/** Where the limits are written. */
public sealed interface LimitsSource {

    /** A policy file for each tenant and {@code _default.yaml}; the folder may be absent, then nothing is limited by it. */
    record Folder(Path folder) implements LimitsSource {}

    /** The limits file that Thanos Receive reads. */
    record Thanos(Path file) implements LimitsSource {}
}
