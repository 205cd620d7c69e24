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

    private static long read(int... preamble) {
        return DeclaredSize.read(bytes(preamble), 0, preamble.length);
    }
}
