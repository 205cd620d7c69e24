package io.ringgate.wire;

import static io.ringgate.wire.Messages.bytes;
import static io.ringgate.wire.Messages.i32;
import static io.ringgate.wire.Messages.i64;
import static io.ringgate.wire.Messages.join;
import static io.ringgate.wire.Messages.label;
import static io.ringgate.wire.Messages.len;
import static io.ringgate.wire.Messages.number;
import static io.ringgate.wire.Messages.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.LabelNames;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import org.junit.jupiter.api.Test;

/** Faults of the whole write: what two decoders could read differently is refused, naming the place. */
class StructureTest {

    private static final byte[] UP = label("__name__", "up");

    private final WriteCodec codec = new WriteCodec(LabelNames.UTF8);

    @Test
    void a_label_has_name_and_value_once_each_and_nothing_else() {
        refused(
                series(len(1, len(1, bytes('a')), len(1, bytes('b')), len(2, bytes('x')))),
                "field 1 of a label is repeated");
        refused(
                series(len(1, len(1, bytes('a')), len(2, bytes('x')), len(2, bytes('y')))),
                "field 2 of a label is repeated");
        refused(series(len(1, len(1, bytes('a')), len(2, bytes('x')), number(3, 1))), "a label has no field 3");
        refused(series(len(1, number(1, 5), len(2, bytes('x')))), "field 1 of a label has wire type 0 instead of 2");
    }

    @Test
    void known_fields_must_have_their_wire_type() {
        refused(number(1, 5), "field 1 of a write request has wire type 0");
        refused(join(series(UP), number(3, 5)), "field 3 of a write request has wire type 0");
        refused(series(number(1, 5)), "field 1 of a series has wire type 0");
        refused(series(UP, i64(2, 5)), "field 2 of a series has wire type 1");
        refused(series(UP, len(2, number(1, 5))), "field 1 of a sample has wire type 0");
        refused(series(UP, len(2, i64(2, 5))), "field 2 of a sample has wire type 1");
        refused(series(UP, len(3, number(2, 5))), "field 2 of an exemplar has wire type 0");
        refused(series(UP, len(4, len(15, bytes(1)))), "field 15 of a histogram has wire type 2");
        refused(series(UP, len(4, len(8, i64(1, 1)))), "field 1 of a bucket span has wire type 1");
        refused(len(3, number(2, 5)), "field 2 of metadata has wire type 0");
    }

    @Test
    void numbers_are_in_their_shortest_form() {
        refused(join(bytes(0x8a, 0x00), bytes(0)), "at byte 0: overlong varint");
        refused(bytes(0x0a, 0x80, 0x00), "at byte 1: overlong varint");
        refused(series(UP, len(2, bytes(0x10, 0x81, 0x00))), "overlong varint");
        refused(
                series(UP, len(2, bytes(0x10, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02))),
                "exceeds 64 bits");
        refused(
                series(UP, len(2, bytes(0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1))),
                "longer than ten");
    }

    @Test
    void a_tag_that_a_decoder_could_cut_to_32_bits_is_refused() {
        byte[] fieldOneBehind32Bits = bytes(0x8a, 0x80, 0x80, 0x80, 0x10);

        refused(join(fieldOneBehind32Bits, bytes(0)), "field number above 536870911");
        refused(series(UP, join(fieldOneBehind32Bits, bytes(0))), "field number above 536870911");
    }

    @Test
    void lengths_stay_inside_their_message() {
        refused(bytes(0x0a, 5, 0x0a), "at byte 1: a field of 5 bytes is longer than the 1 bytes left");
        refused(series(bytes(0x0a, 9, 0x0a, 1, 'a')), "longer than the 3 bytes left");
        refused(series(len(1, bytes(0x0a, 9, 'a', 0x12, 1, 'x'))), "longer than");
        refused(
                bytes(0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
                "longer than the 0 bytes left");
        refused(series(UP, len(2, bytes(0x09, 1, 2))), "a field of 8 bytes is longer");
        refused(series(UP, bytes(0x2d, 1)), "a field of 4 bytes is longer");
    }

    @Test
    void packed_numbers_fill_their_field() {
        refused(series(UP, len(4, len(10, new byte[12]))), "packed numbers of a histogram do not fill their field");
        refused(series(UP, len(4, len(12, bytes(0x81)))), "truncated varint");
    }

    @Test
    void groups_field_zero_and_unknown_wire_types_are_refused() {
        refused(bytes(0x0b), "groups are not allowed");
        refused(series(UP, bytes(0x2b, 0x2c)), "groups are not allowed");
        refused(bytes(0x02, 0), "invalid field number 0");
        refused(series(UP, bytes(0x2f)), "wire type 7 does not exist");
        refused(series(UP, bytes(0x2e)), "wire type 6 does not exist");
    }

    @Test
    void a_fault_is_found_also_in_a_series_that_is_refused() {
        refused(series(UP, UP, bytes(0x2f)), "wire type 7 does not exist");
    }

    @Test
    void a_message_of_unknown_fields_alone_is_refused() {
        refused(number(9, 5), "neither series nor metadata in the message");
    }

    @Test
    void a_remote_write_2_message_is_told_so() {
        byte[] message = join(len(4), len(4, bytes('a')), len(5, len(1, bytes(0, 1))));

        Rejection rejection = rejection(message);

        assertThat(rejection.reason()).isEqualTo(Reason.WRONG_MEDIA_TYPE);
        assertThat(rejection.sentence()).contains("remote write 2.0");
    }

    @Test
    void unusual_but_legal_points_pass() {
        byte[] message = series(
                UP,
                len(2),
                len(2, number(2, -1)),
                len(2, number(2, 5), i64(1, 1), i32(9, 1)),
                len(4, number(9, 3), len(9, bytes(1, 2)), i64(10, 1), len(16, new byte[16])),
                Messages.exemplar());

        EncodedWrite coded = codec.code(
                Messages.pack(message), 0, Messages.pack(message).length, Messages.plan(), SeriesLimits.NONE);

        WriteCounts tally = ((EncodedWrite.Ready) coded).tally();
        assertThat(tally.samples()).isEqualTo(3);
        assertThat(tally.histograms()).isEqualTo(1);
        assertThat(tally.exemplars()).isEqualTo(1);
    }

    private void refused(byte[] message, String words) {
        Rejection rejection = rejection(message);
        assertThat(rejection.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(rejection.sentence()).contains(words);
    }

    private Rejection rejection(byte[] message) {
        byte[] packed = Messages.pack(message);
        EncodedWrite coded = codec.code(packed, 0, packed.length, Messages.plan(), SeriesLimits.NONE);
        assertThat(coded).isInstanceOf(EncodedWrite.Faulty.class);
        return ((EncodedWrite.Faulty) coded).rejection();
    }
}
