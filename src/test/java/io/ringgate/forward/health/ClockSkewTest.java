package io.ringgate.forward.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.forward.CountedMetrics;
import io.ringgate.forward.HttpDate;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.ReceiverClock;
import io.ringgate.forward.ReceiverMeters;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockSkewTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** In the middle of a second, as a date is taken to be. */
    private static final long WALL = 1_700_000_000_500L;

    private final CountedMetrics metrics = new CountedMetrics();
    private final List<Receiver> receivers = IntStream.range(0, 5)
            .mapToObj(i -> new Receiver(
                    new ReceiverAddress("10.0.0." + i, 1),
                    InetSocketAddress.createUnresolved("10.0.0." + i, 1),
                    new ReceiverMeters("10.0.0." + i, metrics)))
            .toList();

    private long nanos;
    private long wall = WALL;
    private final ClockSkew skew = new ClockSkew(() -> receivers, () -> nanos, () -> wall, metrics);

    private void says(int receiver, long secondsAhead) {
        receivers.get(receiver).clock().read(date(wall + 1_000 * secondsAhead), nanos, nanos);
    }

    private static String date(long millis) {
        return FORMAT.format(Instant.ofEpochMilli(millis));
    }

    @Test
    void nothing_is_known_without_a_date() {
        receivers.getFirst().clock().read(null, 0, 0);
        receivers.getFirst().clock().read("yesterday", 0, 0);

        assertThat(skew.seconds()).isNaN();
        assertThat(metrics.gauge("ringgate_clock_skew_seconds")).isNaN();
        assertThat(skew.doubtMillis()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "29, false", "-29, false", "31, true", "-31, true", "660, true", "-660, true"})
    void more_than_half_a_minute_either_way_is_in_doubt(int theyAreAhead, boolean doubt) {
        says(0, theyAreAhead);

        assertThat(skew.seconds()).isEqualTo(-theyAreAhead);
        assertThat(skew.doubtMillis()).isEqualTo(doubt ? -1_000L * theyAreAhead : 0);
    }

    @Test
    void the_median_rules_where_receivers_disagree() {
        says(0, 660);
        says(1, 1);
        says(2, 2);
        assertThat(skew.seconds()).isEqualTo(-2);

        says(3, 1_000);
        assertThat(skew.seconds()).as("the middle between two").isEqualTo(-331);

        says(4, -5);
        assertThat(skew.seconds()).isEqualTo(-2);
    }

    @Test
    void the_latest_answer_of_a_receiver_counts() {
        says(0, 660);
        says(0, 0);

        assertThat(skew.seconds()).isZero();
    }

    @Test
    void the_middle_of_question_and_answer_is_the_time_of_a_date_and_slow_answers_say_nothing() {
        nanos = SECOND;
        receivers.getFirst().clock().read(date(wall), 0, nanos);
        assertThat(skew.seconds()).isEqualTo(-0.5);

        receivers.getFirst().clock().read(date(wall + 660_000), 0, ReceiverClock.SLOW_NANOS + 1);
        assertThat(skew.seconds()).isEqualTo(-0.5);
    }

    @Test
    void what_is_old_does_not_count_where_others_are_fresh() {
        says(0, 660);
        pass(ReceiverClock.STALE_NANOS - SECOND);
        says(1, 1);
        says(2, 0);
        says(3, 1_000);
        assertThat(skew.seconds()).isEqualTo(-330.5);

        pass(SECOND);
        assertThat(skew.seconds()).isEqualTo(-1);
    }

    /** Where no readiness page can be asked, dates come with stored writes; in doubt, perhaps none is stored any more. */
    @Test
    void a_doubt_does_not_end_because_it_holds_all_writes_up() {
        says(0, 660);

        pass(ReceiverClock.STALE_NANOS);
        assertThat(skew.doubtMillis()).isEqualTo(-660_000);
        pass(ReceiverClock.FORGOTTEN_NANOS - ReceiverClock.STALE_NANOS - SECOND);
        assertThat(skew.doubtMillis()).isEqualTo(-660_000);

        pass(SECOND);
        assertThat(skew.seconds()).isNaN();
    }

    private void pass(long span) {
        nanos += span;
        wall += span / MILLI;
    }

    @Test
    void a_wall_clock_that_is_set_shows_at_once() {
        says(0, 0);

        wall += 90_000;

        assertThat(skew.seconds()).isEqualTo(90);
        assertThat(skew.doubtMillis()).isEqualTo(90_000);
    }

    @Test
    void one_answer_in_a_second_is_due() {
        ReceiverClock clock = receivers.getFirst().clock();
        assertThat(clock.isDue(0)).isTrue();

        says(0, 0);

        assertThat(clock.isDue(SECOND - 1)).isFalse();
        assertThat(clock.isDue(SECOND)).isTrue();
    }

    @Test
    void dates_are_read_as_they_are_written() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            long seconds = random.nextLong(7_258_118_400L);
            assertThat(HttpDate.seconds(date(1_000 * seconds)))
                    .as("%d", seconds)
                    .isEqualTo(seconds);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 GMT ",
                "Sun, 06 Nov 1994 8:49:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Sun, 32 Nov 1994 08:49:37 GMT",
                "Sun, 06 Noe 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:49:37 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 06 Nov 19-4 08:49:37 GMT"
            })
    void what_is_no_date_says_nothing(String text) {
        assertThat(HttpDate.seconds(text)).isEqualTo(HttpDate.NONE);
    }
}
