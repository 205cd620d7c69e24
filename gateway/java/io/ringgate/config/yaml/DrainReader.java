package io.ringgate.config.yaml;

import io.ringgate.config.DrainTimes;
import java.time.Duration;

/** The graceful shutdown: {@code drain}. */
final class DrainReader {

    private static final DurationKind STEP = new DurationKind(Duration.ZERO, Duration.ofMinutes(10));

    private DrainReader() {}

    /** Writes under way are waited for as long as one may take, unless the operator says otherwise. */
    static DrainTimes read(Section section, Duration writeDeadline) {
        DrainTimes times = new DrainTimes(
                section.read("keep_serving", STEP, DrainTimes.DEFAULT_KEEP_SERVING),
                section.read("finish", STEP, writeDeadline));
        section.end();
        return times;
    }
}
