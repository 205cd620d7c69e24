package io.ringgate.config.yaml;

import io.ringgate.config.Timeouts;
import java.time.Duration;

/** How long each step may take: {@code timeouts}. */
final class TimeoutsReader {

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final DurationKind STEP = new DurationKind(LEAST, Duration.ofMinutes(10));
    private static final DurationKind IDLE = new DurationKind(LEAST, Duration.ofDays(1));

    private TimeoutsReader() {}

    static Timeouts read(Section section) {
        Duration writeDeadline = section.read("write_deadline", STEP, Timeouts.DEFAULT_WRITE_DEADLINE);
        Duration wait =
                within(section, "admission_wait", Timeouts.DEFAULT_ADMISSION_WAIT, "write_deadline", writeDeadline);
        Duration attempt = within(section, "attempt", Timeouts.DEFAULT_ATTEMPT, "write_deadline", writeDeadline);
        Duration connect = within(section, "connect", Timeouts.DEFAULT_CONNECT, "attempt", attempt);
        Timeouts timeouts = new Timeouts(
                section.read("tls_handshake", STEP, Timeouts.DEFAULT_TLS_HANDSHAKE),
                section.read("authenticate", STEP, Timeouts.DEFAULT_AUTHENTICATE),
                section.read("request_headers", STEP, Timeouts.DEFAULT_REQUEST_HEADERS),
                section.read("idle", IDLE, Timeouts.DEFAULT_IDLE),
                writeDeadline,
                wait,
                attempt,
                connect);
        section.end();
        if (writeDeadline.compareTo(Timeouts.SENDER_GIVES_UP) >= 0) {
            section.warning(
                    "write_deadline",
                    DurationKind.format(writeDeadline)
                            + " is not below the 30s after which Prometheus gives up, write 25s, "
                            + "or raise remote_timeout at every sender");
        }
        return timeouts;
    }

    /** A step inside another: what is written must fit, and a default shrinks with the outer one. */
    private static Duration within(Section section, String key, Duration usual, String outer, Duration most) {
        Duration fallback = usual.compareTo(most) < 0 ? usual : most;
        Duration written = section.read(key, STEP, fallback);
        if (written.compareTo(most) > 0) {
            section.error(
                    key,
                    DurationKind.format(written) + " is longer than " + outer + ", write " + DurationKind.format(most)
                            + " or less");
        }
        return written;
    }
}
