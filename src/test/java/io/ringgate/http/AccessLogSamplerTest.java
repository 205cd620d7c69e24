package io.ringgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccessLogSamplerTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long SLOW = 1_000;

    private AccessLogSink.Rule rule = AccessLogSink.Rule.NOTHING;
    private final AccessLogSampler accessLog = new AccessLogSampler(new AccessLogSink() {
        @Override
        public Rule rule() {
            return rule;
        }

        @Override
        public void append(AccessRecord entry) {}
    });

    private List<Integer> logged(int writes, long nanos) {
        return IntStream.rangeClosed(1, writes)
                .filter(i -> accessLog.wantsStored(nanos))
                .boxed()
                .toList();
    }

    @Test
    void every_third_stored_write_is_told() {
        rule = new AccessLogSink.Rule(true, 3, SLOW);

        assertThat(logged(7, SLOW - 1)).containsExactly(3, 6);
    }

    @Test
    void a_sample_of_one_is_everything() {
        rule = new AccessLogSink.Rule(true, 1, SLOW);

        assertThat(logged(3, 0)).containsExactly(1, 2, 3);
    }

    @Test
    void a_sample_of_zero_is_nothing_but_slow_writes() {
        rule = new AccessLogSink.Rule(true, 0, SLOW);

        assertThat(logged(100, SLOW - 1)).isEmpty();
        assertThat(logged(2, SLOW)).containsExactly(1, 2);
    }

    @Test
    void switched_off_means_nothing_at_all() {
        rule = AccessLogSink.Rule.NOTHING;

        assertThat(logged(100, Long.MAX_VALUE - 1)).isEmpty();
        assertThat(accessLog.wantsFailure()).isFalse();
    }

    @Test
    void a_write_that_is_not_told_makes_no_object() {
        rule = new AccessLogSink.Rule(true, Integer.MAX_VALUE, SLOW);
        int asked = 100_000;
        int logged = ask(asked);
        long thread = Thread.currentThread().threadId();
        long before = THREADS.getThreadAllocatedBytes(thread);

        logged += ask(asked);

        long bytes = THREADS.getThreadAllocatedBytes(thread) - before;
        assertThat(logged).isZero();
        assertThat(bytes).as("bytes for %s writes", asked).isLessThan(asked);
    }

    private int ask(int times) {
        int logged = 0;
        for (int i = 0; i < times; i++) {
            logged += accessLog.wantsStored(SLOW - 1) ? 1 : 0;
        }
        return logged;
    }

    @Test
    void a_new_rule_holds_from_the_next_write_on() {
        rule = new AccessLogSink.Rule(true, 100, SLOW);
        logged(50, 0);

        rule = new AccessLogSink.Rule(true, 2, SLOW);

        assertThat(logged(3, 0)).containsExactly(1, 3);
    }
}
