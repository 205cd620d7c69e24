package io.ringgate.limits;

import static io.ringgate.reject.Limit.BYTES_PER_SECOND;
import static io.ringgate.reject.Limit.MAX_CONNECTIONS;
import static io.ringgate.reject.Limit.REQUESTS_PER_SECOND;
import static io.ringgate.reject.Limit.SAMPLES_PER_SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private static final long SECOND = 1_000_000_000L;

    private final Quota.Shared tenant = new Quota.Shared();
    private final Quota quota = new Quota(tenant);
    private long now;

    private @Nullable RateExceeded samples(long samples) {
        return new Spending(quota).samples(samples, now);
    }

    private RateExceeded shortOf(long samples) {
        return Objects.requireNonNull(samples(samples), "granted");
    }

    private void allow(long perSecond, long burst) {
        tenant.use(Map.of(SAMPLES_PER_SECOND, new Rate(perSecond, burst)), now);
    }

    @Test
    void a_burst_at_once_and_then_the_rate() {
        allow(10, 50);

        assertThat(samples(50)).isNull();
        assertThat(samples(1))
                .isEqualTo(new RateExceeded(SAMPLES_PER_SECOND, false, new Rate(10, 50), 1, 0, SECOND / 10));
        now += SECOND / 10;
        assertThat(samples(1)).isNull();
        now += 1000 * SECOND;
        assertThat(samples(50)).isNull();
        assertThat(samples(1)).isNotNull();
    }

    @Test
    void fractions_of_a_token_are_kept() {
        allow(3, 1);
        assertThat(samples(1)).isNull();
        for (int i = 0; i < 333_333_333; i += 111_111_111) {
            now += 111_111_111;
            assertThat(samples(1)).isNotNull();
        }
        now += 1;

        assertThat(samples(1)).isNull();
    }

    @Test
    void the_largest_rate_and_the_longest_time_overflow_nothing() {
        allow(Rate.MOST, Rate.MOST);
        assertThat(samples(Rate.MOST)).isNull();
        now = Long.MAX_VALUE;

        assertThat(samples(Rate.MOST)).isNull();
        assertThat(shortOf(Rate.MOST).waitNanos()).as("one token").isEqualTo(1);
        assertThat(shortOf(Long.MAX_VALUE).forever()).isTrue();
    }

    @Test
    void a_clock_that_steps_back_refills_nothing_and_goes_on_from_there() {
        allow(10, 50);
        now = 3600 * SECOND;
        assertThat(samples(50)).isNull();

        now -= SECOND / 2;
        assertThat(samples(1)).isNotNull();
        now += SECOND / 2;
        assertThat(samples(1)).as("a thread that read the clock earlier").isNotNull();
        now = 0;
        assertThat(samples(1)).isNotNull();
        now += SECOND;
        assertThat(samples(10)).isNull();
        assertThat(samples(1)).isNotNull();
    }

    @Test
    void what_was_taken_stays_taken_when_the_rate_becomes_another() {
        allow(10, 50);
        assertThat(samples(30)).isNull();

        allow(20, 100);
        assertThat(shortOf(101).free()).isEqualTo(70);
        allow(20, 10);
        assertThat(shortOf(1).free()).isZero();
        allow(20, 30);
        assertThat(shortOf(31).free()).isEqualTo(20);
        assertThat(samples(30)).isNull();
        allow(20, 50);
        assertThat(shortOf(51).free()).as("the debt stays too").isEqualTo(10);
    }

    @Test
    void a_rate_that_was_lifted_is_no_limit_and_forgets_nothing_when_it_is_back() {
        allow(10, 50);
        Spending before = new Spending(quota);
        assertThat(before.samples(50, now)).isNull();

        tenant.use(Map.of(), now);
        Spending meanwhile = new Spending(quota);
        assertThat(meanwhile.samples(1_000_000, now)).isNull();
        allow(10, 50);
        meanwhile.comesAgain(now);
        assertThat(samples(1)).isNotNull();
        before.comesAgain(now);
        assertThat(samples(50)).isNull();
    }

    @Test
    void a_write_takes_of_its_tenant_and_its_edge_or_of_neither() {
        Quota other = new Quota(tenant);
        tenant.use(Map.of(REQUESTS_PER_SECOND, new Rate(1, 10), BYTES_PER_SECOND, new Rate(1, 100)), now);
        quota.use(Map.of(BYTES_PER_SECOND, new Rate(1, 60)), now);

        assertThat(new Spending(quota).begin(60, now)).isNull();
        RateExceeded ofEdge = Objects.requireNonNull(new Spending(quota).begin(40, now));
        assertThat(ofEdge.ofEdge()).isTrue();
        assertThat(ofEdge.limit()).isEqualTo(BYTES_PER_SECOND);
        assertThat(new Spending(other).begin(20, now))
                .as("its half of what the tenant has left")
                .isNull();
        RateExceeded ofTenant = Objects.requireNonNull(new Spending(other).begin(1, now));
        assertThat(ofTenant.ofEdge()).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(new Spending(other).begin(0, now))
                    .as("refused took no request")
                    .isNull();
        }
        assertThat(new Spending(other).begin(0, now)).isNotNull();
    }

    @Test
    void of_several_shortages_the_longest_is_told_and_first_what_no_waiting_helps() {
        tenant.use(Map.of(REQUESTS_PER_SECOND, new Rate(10, 1), BYTES_PER_SECOND, new Rate(100, 100)), now);
        quota.use(Map.of(BYTES_PER_SECOND, new Rate(1, 90)), now);
        assertThat(new Spending(quota).begin(90, now)).isNull();

        RateExceeded longest = Objects.requireNonNull(new Spending(quota).begin(50, now));
        assertThat(longest.waitNanos()).isEqualTo(SECOND);
        assertThat(longest.ofEdge()).isTrue();
        RateExceeded never = Objects.requireNonNull(new Spending(quota).begin(95, now));
        assertThat(never.forever()).isTrue();
        assertThat(never.rate().burst()).isEqualTo(90);
        assertThat(Objects.requireNonNull(new Spending(quota).begin(0, now)).waitNanos())
                .as("behind the first, and nobody waits behind what never comes")
                .isEqualTo(SECOND / 5);
    }

    @Test
    void undo_gives_all_back_and_coming_again_keeps_the_request() {
        tenant.use(
                Map.of(
                        REQUESTS_PER_SECOND, new Rate(1, 2),
                        BYTES_PER_SECOND, new Rate(1, 10),
                        SAMPLES_PER_SECOND, new Rate(1, 10)),
                now);
        for (int i = 0; i < 5; i++) {
            Spending undone = whole();
            undone.undo(now);
        }
        for (int i = 0; i < 2; i++) {
            whole().comesAgain(now);
        }

        assertThat(Objects.requireNonNull(new Spending(quota).begin(1, now)).limit())
                .isEqualTo(REQUESTS_PER_SECOND);
    }

    @Test
    void a_token_is_enough_for_a_write_of_any_size_and_the_others_wait_for_its_debt() {
        allow(10, 50);
        assertThat(samples(49)).isNull();

        assertThat(samples(50)).isNull();
        assertThat(shortOf(1).waitNanos()).isEqualTo(5 * SECOND);
        now += 5 * SECOND;
        assertThat(samples(1)).isNull();
        assertThat(shortOf(51).forever())
                .as("the burst is what a write may have")
                .isTrue();
    }

    @Test
    void a_body_that_was_read_in_vain_keeps_its_request_and_its_bytes_and_gives_its_samples_back() {
        tenant.use(
                Map.of(
                        REQUESTS_PER_SECOND, new Rate(1, 5),
                        BYTES_PER_SECOND, new Rate(1, 100),
                        SAMPLES_PER_SECOND, new Rate(1, 10)),
                now);
        Spending part = new Spending(quota);
        assertThat(part.begin(60, now)).isNull();
        part.keepRead(40, now);
        Spending ofUnknownSize = new Spending(quota);
        assertThat(ofUnknownSize.begin(Spending.UNKNOWN, now)).isNull();
        assertThat(ofUnknownSize.samples(10, now)).isNull();
        ofUnknownSize.keepRead(50, now);

        assertThat(Objects.requireNonNull(new Spending(quota).begin(101, now)).free())
                .isEqualTo(10);
        for (int i = 0; i < 3; i++) {
            assertThat(new Spending(quota).begin(0, now)).isNull();
        }
        assertThat(Objects.requireNonNull(new Spending(quota).begin(0, now)).limit())
                .isEqualTo(REQUESTS_PER_SECOND);
    }

    @Test
    void bytes_that_are_read_in_vain_are_owed_up_to_a_burst() {
        tenant.use(Map.of(BYTES_PER_SECOND, new Rate(1, 100)), now);
        for (int i = 0; i < 3; i++) {
            new Spending(quota).keepRead(90, now);
        }

        assertThat(Objects.requireNonNull(new Spending(quota).begin(1, now)).waitNanos())
                .isEqualTo(101 * SECOND);
    }

    @Test
    void nothing_is_read_while_there_is_nothing_for_it() {
        tenant.use(Map.of(SAMPLES_PER_SECOND, new Rate(1, 10), BYTES_PER_SECOND, new Rate(1, 10)), now);
        assertThat(new Spending(quota).begin(10, now)).isNull();
        assertThat(Objects.requireNonNull(new Spending(quota).begin(Spending.UNKNOWN, now))
                        .limit())
                .isEqualTo(BYTES_PER_SECOND);
        assertThat(samples(10)).isNull();

        assertThat(Objects.requireNonNull(new Spending(quota).begin(0, now)).limit())
                .isEqualTo(SAMPLES_PER_SECOND);
    }

    private Spending whole() {
        Spending spending = new Spending(quota);
        assertThat(spending.begin(Spending.UNKNOWN, now)).isNull();
        assertThat(spending.bytes(10, now)).isNull();
        assertThat(spending.samples(10, now)).isNull();
        return spending;
    }

    @Test
    void what_comes_back_late_fills_the_bucket_and_no_more() {
        allow(10, 50);
        Spending late = new Spending(quota);
        assertThat(late.samples(50, now)).isNull();
        now += 3 * SECOND;

        late.undo(now);

        assertThat(shortOf(51).free()).isEqualTo(50);
    }

    @Test
    void a_second_end_a_take_after_it_and_a_second_take_show() {
        allow(10, 50);
        Spending spending = new Spending(quota);
        assertThat(spending.samples(1, now)).isNull();
        assertThatIllegalStateException().isThrownBy(() -> spending.samples(1, now));
        spending.undo(now);

        assertThatIllegalStateException().isThrownBy(() -> spending.undo(now));
        assertThatIllegalStateException().isThrownBy(() -> spending.comesAgain(now));
        assertThatIllegalStateException().isThrownBy(() -> spending.begin(1, now));
        assertThatIllegalStateException().isThrownBy(() -> spending.bytes(1, now));
        assertThatIllegalStateException().isThrownBy(() -> spending.samples(1, now));
    }

    @Test
    void those_turned_away_are_sent_one_behind_the_other() {
        allow(100, 50);
        assertThat(samples(50)).isNull();

        assertThat(shortOf(50).waitNanos()).as("one token").isEqualTo(SECOND / 100);
        assertThat(shortOf(50).waitNanos()).isEqualTo(51 * SECOND / 100);
        assertThat(shortOf(20).waitNanos()).isEqualTo(71 * SECOND / 100);
        assertThat(shortOf(50).waitNanos()).isEqualTo(121 * SECOND / 100);
        now += SECOND / 2;
        assertThat(samples(50)).as("came early and found enough").isNull();
        assertThat(shortOf(50).waitNanos()).isEqualTo(121 * SECOND / 100);
        now += 2 * SECOND;
        assertThat(samples(50)).isNull();
        assertThat(shortOf(50).waitNanos()).as("who was away comes first").isEqualTo(SECOND / 100);
    }

    @Test
    void turns_fill_a_minute_evenly_and_then_once_more() {
        allow(10, 10);
        assertThat(samples(10)).isNull();
        int[] turns = new int[61];
        for (int i = 0; i < 240; i++) {
            turns[(int) (shortOf(10).waitNanos() / SECOND)]++;
        }

        for (int second = 0; second < 60; second++) {
            assertThat(turns[second]).as("second %d", second).isEqualTo(4);
        }
    }

    @Test
    void the_share_that_was_used_of_late() {
        assertThat(tenant.usedRatio(SAMPLES_PER_SECOND, now)).isZero();
        allow(10, 1000);
        quota.use(Map.of(SAMPLES_PER_SECOND, new Rate(100, 1000)), now);
        for (int i = 0; i < 60; i++) {
            now += SECOND;
            assertThat(samples(5)).isNull();
        }

        assertThat(tenant.usedRatio(SAMPLES_PER_SECOND, now)).isCloseTo(0.5, within(0.05));
        assertThat(quota.usedRatio(SAMPLES_PER_SECOND, now)).isCloseTo(0.05, within(0.005));
        assertThat(tenant.usedRatio(BYTES_PER_SECOND, now)).isZero();
        assertThat(samples(500)).isNull();
        assertThat(tenant.usedRatio(SAMPLES_PER_SECOND, now)).as("a burst").isGreaterThan(1);
        now += 60 * SECOND;
        assertThat(tenant.usedRatio(SAMPLES_PER_SECOND, now)).isZero();
        tenant.use(Map.of(), now);
        assertThat(tenant.usedRatio(SAMPLES_PER_SECOND, now)).isZero();
    }

    @Test
    void only_rates_have_buckets() {
        assertThatIllegalArgumentException().isThrownBy(() -> tenant.use(Map.of(MAX_CONNECTIONS, new Rate(1, 1)), now));
    }
}
