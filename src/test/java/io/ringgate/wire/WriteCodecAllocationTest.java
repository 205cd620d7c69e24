package io.ringgate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringgate.edge.LabelNames;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** The codec makes no object per series, label or sample. */
class WriteCodecAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 50;
    private static final int SERIES = 2000;

    /** A result, a tally, and what the measurement itself leaves. */
    private static final long MOST_BYTES_A_CALL = 1024;

    private final WriteCodec codec = new WriteCodec(LabelNames.UTF8);
    private final StampPlan plan = Messages.plan("cluster", "edge-1", "OVERWRITE", "tenant", "t", "REJECT");
    private SeriesLimits limits = SeriesLimits.NONE;

    @Test
    void stamping_tidy_series_allocates_nothing_per_series() {
        assertThat(bytesACall(Messages.label("__name__", "up"), Messages.label("job", "node")))
                .isLessThan(MOST_BYTES_A_CALL);
    }

    @Test
    void of_a_large_write_its_result_alone_is_left_and_then_nothing() {
        byte[] series =
                Messages.series(Messages.label("__name__", "x".repeat(100)), Messages.sample(1, 1_700_000_000_000L));
        byte[] message = Messages.join(Collections.nCopies(200_000, series).toArray(new byte[0][]));
        byte[] packed = Messages.pack(message);

        EncodedWrite.Ready ready = (EncodedWrite.Ready) codec.code(packed, 0, packed.length, plan, limits);

        assertThat(message.length).isGreaterThan(20 << 20);
        assertThat(codec.kept()).isBetween((long) ready.length(), (long) (ready.bytes().length + (8 << 20)));
        codec.trim();
        assertThat(codec.kept()).isLessThanOrEqualTo(8 << 20);
    }

    @Test
    void limits_allocate_nothing_per_series() {
        limits = new SeriesLimits(2, 8, 4, 0, 1_700_000_000_000L, false);

        assertThat(bytesACall(Messages.label("__name__", "up"), Messages.label("job", "node")))
                .isLessThan(MOST_BYTES_A_CALL);
    }

    @Test
    void observing_allocates_nothing_per_series() {
        limits = new SeriesLimits(1, 4, 1, 0, 1, true);

        assertThat(bytesACall(Messages.label("__name__", "up"), Messages.label("job", "node")))
                .isLessThan(MOST_BYTES_A_CALL);
    }

    @Test
    void exemplars_and_histograms_allocate_nothing() {
        byte[] heavy = Messages.join(Messages.exemplar(), Messages.histogram());

        assertThat(bytesACall(Messages.label("__name__", "up"), heavy)).isLessThan(MOST_BYTES_A_CALL);
        assertThat(bytesACall(Messages.label("job", "a"), Messages.label("__name__", "up"), heavy))
                .isLessThan(MOST_BYTES_A_CALL);
    }

    @Test
    void sorting_untidy_series_allocates_nothing_per_series() {
        assertThat(bytesACall(Messages.label("job", "größe"), Messages.label("__name__", "up")))
                .isLessThan(MOST_BYTES_A_CALL);
    }

    @Test
    void refusing_series_allocates_one_sentence_only() {
        assertThat(bytesACall(Messages.label("job", "a"), Messages.label("job", "b")))
                .isLessThan(4 * MOST_BYTES_A_CALL);
    }

    private long bytesACall(byte[]... labels) {
        byte[] series = Messages.series(Messages.join(labels), Messages.sample(1, 1_700_000_000_000L));
        byte[][] all = new byte[SERIES][];
        Arrays.fill(all, series);
        byte[] packed = Messages.pack(Messages.join(all));
        for (int i = 0; i < CALLS; i++) {
            assertThat(codec.code(packed, 0, packed.length, plan, limits)).isInstanceOf(EncodedWrite.Ready.class);
        }
        long thread = Thread.currentThread().threadId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int i = 0; i < CALLS; i++) {
            codec.code(packed, 0, packed.length, plan, limits);
        }
        return (THREADS.getThreadAllocatedBytes(thread) - before) / CALLS;
    }
}
