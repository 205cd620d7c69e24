package io.ringgate.wire;

import static io.ringgate.wire.Messages.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.edge.LabelNames;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** What a write declares, and what it may take in memory. */
class SizesTest {

    private static final int ANY = Integer.MAX_VALUE;
    private static final StampPlan NONE = Messages.plan();
    private static final StampPlan TWO = Messages.plan("cluster", "edge-1", "OVERWRITE", "tenant", "team", "KEEP");

    @Test
    void the_preamble_is_a_little_endian_number_of_at_most_32_bits() {
        assertThat(read(0)).isEqualTo(0);
        assertThat(read(0x7f)).isEqualTo(127);
        assertThat(read(0x80, 0x01)).isEqualTo(128);
        assertThat(read(0xff, 0xff, 0xff, 0xff, 0x0f, 0x55)).isEqualTo(0xffff_ffffL);
    }

    @Test
    void an_incomplete_preamble_needs_more() {
        assertThat(read()).isEqualTo(DeclaredSize.NEED_MORE);
        assertThat(read(0x80)).isEqualTo(DeclaredSize.NEED_MORE);
        assertThat(read(0xff, 0xff, 0xff, 0xff)).isEqualTo(DeclaredSize.NEED_MORE);
    }

    @Test
    void a_preamble_that_is_too_long_or_too_large_is_malformed() {
        assertThat(read(0xff, 0xff, 0xff, 0xff, 0x1f)).isEqualTo(DeclaredSize.MALFORMED);
        assertThat(read(0x80, 0x80, 0x80, 0x80, 0x80)).isEqualTo(DeclaredSize.MALFORMED);
        assertThat(read(0x80, 0x00)).isEqualTo(DeclaredSize.MALFORMED);
    }

    @Test
    void the_preamble_may_begin_anywhere() {
        assertThat(DeclaredSize.read(bytes(9, 9, 0x80, 0x01), 2, 2)).isEqualTo(128);
        assertThat(DeclaredSize.read(bytes(9, 9, 0x80, 0x01), 2, 1)).isEqualTo(DeclaredSize.NEED_MORE);
    }

    @Test
    void three_packed_bytes_make_64_at_most() {
        assertThat(DeclaredSize.isPossible(3, 64)).isTrue();
        assertThat(DeclaredSize.isPossible(3, 65)).isFalse();
        assertThat(DeclaredSize.isPossible(45, 960)).isTrue();
        assertThat(DeclaredSize.isPossible(45, 961)).isFalse();
        for (long declared : new long[] {0, 1, 63, 64, 65, 960, 961, 50_000_000, 0xffff_ffffL}) {
            long fewest = DeclaredSize.fewestPacked(declared);
            assertThat(DeclaredSize.isPossible(fewest, declared)).isTrue();
            assertThat(fewest == 0 || !DeclaredSize.isPossible(fewest - 1, declared))
                    .isTrue();
        }
    }

    @Test
    void without_stamps_nothing_grows() {
        assertThat(WorstCaseMemory.stampedCap(1000, NONE, ANY)).isEqualTo(1000);
    }

    @Test
    void a_stamped_body_grows_by_each_series_that_it_may_have() {
        int growth = TWO.insertedBytes() + 4;

        assertThat(WorstCaseMemory.stampedCap(100, TWO, ANY)).isEqualTo(100 + 10 * growth);
        assertThat(WorstCaseMemory.stampedCap(1 << 20, TWO, 5_000)).isEqualTo((1 << 20) + 5_000 * growth);
        assertThat(WorstCaseMemory.stampedCap(1 << 20, TWO, ANY)).isEqualTo((1 << 20) + (1 << 20) / 10 * growth);
        assertThat(WorstCaseMemory.stampedCap(512 << 20, TWO, ANY)).isEqualTo(WorstCaseMemory.LARGEST_STAMPED);
    }

    @Test
    void renamed_labels_are_longer_by_their_prefixes() {
        StampPlan overwriting = Messages.plan("cluster", "edge-1", "OVERWRITE", "zone", "z", "OVERWRITE");
        StampPlan renaming = Messages.plan("cluster", "edge-1", "RENAME", "zone", "z", "RENAME");
        StampPlan exported = Messages.plan("a", "x", "RENAME", "exported_a", "x", "KEEP");

        assertThat(WorstCaseMemory.stampedCap(1100, renaming, ANY) - WorstCaseMemory.stampedCap(1100, overwriting, ANY))
                .as("100 labels `zone`, each with a prefix and two longer lengths")
                .isEqualTo(100 * 11);
        assertThat(WorstCaseMemory.stampedCap(1 << 20, renaming, 10)
                        - WorstCaseMemory.stampedCap(1 << 20, overwriting, 10))
                .as("ten series with both labels and eight prefixes")
                .isEqualTo(10 * 2 * 74);
        assertThat(exported.renamedBytes(80, 8))
                .as("names are taken for nothing")
                .isEqualTo(8 * 74);
    }

    @Test
    void more_prefixes_need_more_labels_in_the_message() {
        StampPlan renaming = Messages.plan("a", "x", "RENAME");

        assertThat(renaming.renamedBytes(8, 1)).as("`a` alone").isEqualTo(9 + 2);
        assertThat(renaming.renamedBytes(8 + 17, 1)).as("and `exported_a`").isEqualTo(2 * 9 + 2);
        assertThat(renaming.renamedBytes(1 << 20, 1)).as("eight of them").isEqualTo(8 * 9 + 2);
        assertThat(renaming.renamedBytes(10 * 8 + 3 * 17, 10))
                .as("ten series, three with both")
                .isEqualTo(10 * 11 + 3 * 9);
    }

    @Test
    void series_are_counted_without_being_read() {
        byte[] two = Messages.join(
                Messages.len(1, new byte[300]), Messages.len(3, new byte[5]), Messages.len(1, new byte[0]));

        assertThat(SeriesCount.of(two, two.length)).isEqualTo(2);
        assertThat(SeriesCount.of(two, two.length - 3))
                .as("the second field is cut")
                .isEqualTo(1 + 6);
        assertThat(SeriesCount.of(new byte[0], 0)).isZero();
        assertThat(SeriesCount.of(new byte[] {0x08, 1, 0x0a, 0}, 4))
                .as("a number first: nothing is known")
                .isEqualTo(4);
    }

    @Test
    void the_worst_case_is_the_sum_of_the_copies_that_are_held_together() {
        long stamped = WorstCaseMemory.stampedCap(WriteCodec.LARGEST, TWO, 50_000);

        assertThat(WorstCaseMemory.of(1000, WriteCodec.LARGEST, TWO, 50_000))
                .isEqualTo(1000 + stamped + Snappy.maxCompressedLength((int) stamped));
        assertThat(WorstCaseMemory.of(1000, 100_000, NONE, 50_000))
                .as("of arrays that a codec keeps, only the copy that is sent on counts")
                .isEqualTo(1000 + Snappy.maxCompressedLength(100_000));
        assertThat(WorstCaseMemory.packedCap(WorstCaseMemory.LARGEST_STAMPED) + Bytes.SLACK)
                .isLessThan(Integer.MAX_VALUE);
    }

    @Test
    void a_message_that_outgrows_its_array_is_copied_whole_and_stops_at_its_bound() throws WriteRefusedException {
        byte[] source = new byte[20_000];
        Arrays.fill(source, (byte) 7);
        StampedOutput out = new StampedOutput();
        out.begin(source, 8, 12_000);

        out.keep(8);
        out.skipTo(0);
        out.keep(6_000);

        assertThat(Arrays.copyOf(out.bytes(), out.length())).hasSize(6_008).containsOnly(7);
        assertThatThrownBy(() -> out.keep(12_001))
                .isInstanceOfSatisfying(
                        WriteRefusedException.class,
                        fault -> assertThat(fault.rejection().sentence())
                                .contains("the gateway's bound for one message allows 12000"));
    }

    @Test
    void the_packed_cap_is_snappys_own() {
        for (int size : new int[] {0, 1, 5, 6, 1000, 65_536, 1 << 30}) {
            assertThat(WorstCaseMemory.packedCap(size)).isEqualTo(Snappy.maxCompressedLength(size));
        }
    }

    @Test
    void what_a_receiver_holds_is_the_sum_of_its_structs_twice() {
        byte[] up = Messages.label("__name__", "up");
        byte[] point = Messages.sample(1, 1);
        byte[] histogram = Messages.len(
                4,
                Messages.number(1, 1),
                Messages.number(1, 2),
                Messages.len(11),
                Messages.len(12, bytes(2, 2, 0x82, 1)),
                Messages.len(16, new byte[16]));
        byte[] exemplar = Messages.len(3, Messages.len(1), Messages.number(3, 1));

        assertThat(decoded(Messages.series(up, point), NONE)).isEqualTo(2 * (96 + 32 + 16));
        assertThat(decoded(Messages.series(up, point), TWO)).isEqualTo(2 * (96 + 3 * 32 + 16));
        assertThat(decoded(Messages.series(point, up, Messages.label("cluster", "x")), TWO))
                .isEqualTo(2 * (96 + 3 * 32 + 16));
        assertThat(decoded(Messages.series(up, Messages.len(2), Messages.len(2)), NONE))
                .isEqualTo(2 * (96 + 32 + 2 * 16));
        assertThat(decoded(Messages.series(up, exemplar), NONE)).isEqualTo(2 * (96 + 32 + 40 + 32));
        assertThat(decoded(Messages.series(up, histogram), NONE))
                .isEqualTo(2 * (96 + 32 + 240 + 2 * 8 + 8 + 3 * 8 + 2 * 8));
        assertThat(decoded(Messages.series(point), NONE)).isZero();
        assertThat(decoded(Messages.len(3), NONE)).isEqualTo(2 * 56);
        assertThat(decoded(Messages.metadata("up"), NONE)).isEqualTo(2 * (56 + 2 + 5));
    }

    private static long decoded(byte[] message, StampPlan plan) {
        byte[] packed = Messages.pack(message);
        EncodedWrite coded = new WriteCodec(LabelNames.UTF8).code(packed, 0, packed.length, plan, SeriesLimits.NONE);
        return ((EncodedWrite.Ready) coded).tally().decoded();
    }

    private static long read(int... preamble) {
        return DeclaredSize.read(bytes(preamble), 0, preamble.length);
    }
}
