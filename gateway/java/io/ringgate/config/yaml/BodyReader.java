package io.ringgate.config.yaml;

import io.ringgate.config.BodyLimits;
import java.time.Duration;

/** How large and slow a body may be: {@code body}. */
final class BodyReader {

    static final SizeKind PACKED = new SizeKind(1L << 10, BodyLimits.MOST_PACKED);
    static final SizeKind UNPACKED = new SizeKind(1L << 10, BodyLimits.MOST_UNPACKED);

    private static final SizeKind RATE = new SizeKind(0, 1L << 30);
    private static final DurationKind AFTER = new DurationKind(Duration.ZERO, Duration.ofMinutes(10));

    private BodyReader() {}

    static BodyLimits read(Section section) {
        BodyLimits body = new BodyLimits(
                section.read("max_packed", PACKED, BodyLimits.DEFAULT_MAX_PACKED),
                section.read("max_unpacked", UNPACKED, BodyLimits.DEFAULT_MAX_UNPACKED),
                section.read("min_rate", RATE, BodyLimits.DEFAULT_MIN_RATE),
                section.read("min_rate_after", AFTER, BodyLimits.DEFAULT_MIN_RATE_AFTER));
        section.end();
        if (body.maxPacked() > body.maxUnpacked()) {
            section.warning(
                    "max_packed",
                    SizeKind.format(body.maxPacked())
                            + " is more than max_unpacked allows once it is unpacked, write "
                            + SizeKind.format(body.maxUnpacked()) + " or less");
        }
        return body;
    }
}
