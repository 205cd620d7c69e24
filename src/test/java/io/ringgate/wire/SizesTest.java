package io.ringgate.wire;

import static io.ringgate.wire.Messages.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** What a write declares, and what it may take in memory. */
class SizesTest {

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
        assertThat(WorstCase.stampedCap(1000, NONE)).isEqualTo(1000);
    }

    @Test
    void a_stamped_body_is_at_most_twice_as_large_or_a_mebibyte_larger() {
        assertThat(WorstCase.stampedCap(100, TWO)).isEqualTo(100 + 10L * (TWO.insertedBytes() + 4));
        assertThat(WorstCase.stampedCap(1 << 20, TWO)).isEqualTo(2 << 20);
        assertThat(WorstCase.stampedCap(64 << 20, TWO)).isEqualTo(128 << 20);
    }

    @Test
    void the_worst_case_is_the_sum_of_all_copies() {
        long unpacked = WriteCodec.LARGEST;
        long stamped = 2 * unpacked;

        assertThat(WorstCase.of(1000, unpacked, TWO))
                .isEqualTo(1000 + unpacked + stamped + Snappy.maxCompressedLength((int) stamped));
        assertThat(stamped + Bytes.SLACK).isLessThan(Integer.MAX_VALUE);
    }

    @Test
    void the_packed_cap_is_snappys_own() {
        for (int size : new int[] {0, 1, 5, 6, 1000, 65_536, 1 << 30}) {
            assertThat(WorstCase.packedCap(size)).isEqualTo(Snappy.maxCompressedLength(size));
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
        Coded coded = new WriteCodec(Names.UTF8).code(packed, 0, packed.length, plan, SeriesLimits.NONE);
        return ((Coded.Ready) coded).tally().decoded();
    }

    private static long read(int... preamble) {
        return DeclaredSize.read(bytes(preamble), 0, preamble.length);
    }
}
