package io.ringgate.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which requests the access log has, one line of JSON each. All that were not stored are logged.
 *
 * @param on false for no access log at all
 * @param file absolute; absent for standard output
 * @param sample every how many-th stored write is told; 0 for none
 * @param slow a stored write that took this long is told in any case
 */
public record AccessLogConfig(boolean on, @Nullable Path file, int sample, Duration slow) {

    /** The words that stand for no file. */
    public static final String STDOUT = "stdout";

    public static final String OFF = "off";

    public static final int DEFAULT_SAMPLE = 100;
    public static final Duration DEFAULT_SLOW = Duration.ofSeconds(1);
}
