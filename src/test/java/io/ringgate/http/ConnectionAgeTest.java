package io.ringgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionAgeTest {

    private static final long SECOND = 1_000_000_000L;

    private static final EdgeTimes TIMES = new EdgeTimes(
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
        "HEAD,       'opening',          9,  0, GOES_ON",
        "HEAD,       'opening',         11,  0, CLOSES",
        "HEAD,       'begun',           29,  0, GOES_ON",
        "HEAD,       'begun',           31,  0, CLOSES",
        "HEAD,       '',               119,  0, GOES_ON",
        "HEAD,       '',               121,  0, ENDS",
        "HEAD,       'retired',         29,  0, GOES_ON",
        "HEAD,       'retired',         31,  0, ENDS",
        "HEAD,       'leaving',          1,  0, ENDS",
        "HEAD,       '',                 1, 21, STAYS_STRANGE",
        "HEAD,       'begun',            1, 21, STAYS_STRANGE",
        "HEAD,       'opening',          1, 21, STAYS_STRANGE",
        "HEAD,       '',                 1, 19, GOES_ON",
        "SERVING,    'begun',         1000,  0, GOES_ON",
        "SERVING,    'begun',            1, 21, STAYS_STRANGE",
        "SWALLOWING, 'begun',            1,  0, GOES_ON",
        "SWALLOWING, 'begun',            3,  0, ENDS",
        "SWALLOWING, 'begun',            1, 21, STAYS_STRANGE",
        "LINGERING,  'begun',            1, 99, GOES_ON",
        "LINGERING,  'begun',            3, 99, CLOSES",
        "CLOSED,     'retired leaving', 99,  0, GOES_ON",
    })
    void what_becomes_of_it(
            ConnectionPhase phase,
            String state,
            long phaseSeconds,
            long strangeSeconds,
            ConnectionAge.Verdict verdict) {
        ConnectionAge age = new ConnectionAge(
                phase,
                state.contains("begun"),
                !state.contains("opening"),
                phaseSeconds * SECOND,
                strangeSeconds * SECOND,
                state.contains("retired"),
                state.contains("leaving"));

        assertThat(age.judge(TIMES)).isEqualTo(verdict);
    }
}
