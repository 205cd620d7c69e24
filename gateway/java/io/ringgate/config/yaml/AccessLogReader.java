package io.ringgate.config.yaml;

import io.ringgate.config.AccessLogConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The access log: {@code access_log}. */
final class AccessLogReader {

    private static final ValueKind<Integer> SAMPLE = ValueKind.number("a number of writes", 0, 1_000_000);
    private static final DurationKind SLOW = new DurationKind(Duration.ZERO, Duration.ofMinutes(10));

    private AccessLogReader() {}

    static AccessLogConfig read(Section section) {
        String file = section.read("file", ValueKind.TEXT, AccessLogConfig.STDOUT);
        AccessLogConfig log = new AccessLogConfig(
                !file.equals(AccessLogConfig.OFF),
                path(section, file),
                section.read("sample", SAMPLE, AccessLogConfig.DEFAULT_SAMPLE),
                section.read("slow", SLOW, AccessLogConfig.DEFAULT_SLOW));
        section.end();
        return log;
    }

    private static @Nullable Path path(Section section, String file) {
        if (file.equals(AccessLogConfig.OFF) || file.equals(AccessLogConfig.STDOUT)) {
            return null;
        }
        Path shown = section.read("file", NamedFile.in(section.reading()), Path.of(AccessLogConfig.STDOUT));
        NamedFile.checkWritable(shown, section.position("file"), section.reading());
        return ReadContext.absolute(shown);
    }
}
