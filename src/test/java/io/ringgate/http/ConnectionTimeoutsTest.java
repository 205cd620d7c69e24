package io.ringgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTimeoutsTest {

    private static final long SECOND = 1_000_000_000L;

    private static final EdgeTimeouts TIMES = new EdgeTimeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(120),
            Duration.ofSeconds(25),
            0,
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));

    @ParameterizedTest
    @CsvSource({
        "READING_HEAD, 'opening',          9,  0, CONTINUE",
        "READING_HEAD, 'opening',         11,  0, CLOSE",
        "READING_HEAD, 'begun',           29,  0, CONTINUE",
        "READING_HEAD, 'begun',           31,  0, CLOSE",
        "READING_HEAD, '',               119,  0, CONTINUE",
        "READING_HEAD, '',               121,  0, END",
        "READING_HEAD, 'retired',         29,  0, CONTINUE",
        "READING_HEAD, 'retired',         31,  0, END",
        "READING_HEAD, 'leaving',          1,  0, END",
        "READING_HEAD, '',                 1, 21, NOT_AUTHENTICATED",
        "READING_HEAD, 'begun',            1, 21, NOT_AUTHENTICATED",
        "READING_HEAD, 'opening',          1, 21, NOT_AUTHENTICATED",
        "READING_HEAD, '',                 1, 19, CONTINUE",
        "SERVING,      'begun',         1000,  0, CONTINUE",
        "SERVING,      'begun',            1, 21, NOT_AUTHENTICATED",
        "DISCARDING,   'begun',            1,  0, CONTINUE",
        "DISCARDING,   'begun',            3,  0, END",
        "DISCARDING,   'begun',            1, 21, NOT_AUTHENTICATED",
        "LINGERING,    'begun',            1, 99, CONTINUE",
        "LINGERING,    'begun',            3, 99, CLOSE",
        "CLOSED,       'retired leaving', 99,  0, CONTINUE",
    })
    void what_becomes_of_it(
            String state,
            String facts,
            long stateSeconds,
            long unauthenticatedSeconds,
            ConnectionTimeouts.Verdict verdict) {
        ConnectionTimeouts age = new ConnectionTimeouts(
                state(state, facts.contains("begun")),
                !facts.contains("opening"),
                stateSeconds * SECOND,
                unauthenticatedSeconds * SECOND,
                facts.contains("retired"),
                facts.contains("leaving"));

        assertThat(age.check(TIMES)).isEqualTo(verdict);
    }

    /** What is served or discarded does not matter here. */
    @SuppressWarnings("NullAway")
    private static ConnectionState state(String name, boolean begun) {
        return switch (name) {
            case "READING_HEAD" -> readingHead(begun);
            case "SERVING" -> new ConnectionState.Serving(null);
            case "DISCARDING" -> new ConnectionState.Discarding(null);
            case "LINGERING" -> new ConnectionState.Lingering();
            case "CLOSED" -> new ConnectionState.Closed();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static ConnectionState.ReadingHead readingHead(boolean begun) {
        ConnectionState.ReadingHead head = new ConnectionState.ReadingHead();
        if (begun) {
            head.begin();
        }
        return head;
    }
}
