package io.ringgate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** What a stand-in receiver takes, and what it calls bad. */
class ReceivedWriteCheckTest {

    @Test
    void samples_of_all_series_are_counted() throws Exception {
        byte[] one = series("cluster", "a", "job", "x", "tenant", "blue");

        assertThat(samples("blue", one, one, one)).isEqualTo(3);
    }

    @Test
    void an_empty_write_has_no_samples() throws Exception {
        assertThat(samples("blue")).isZero();
    }

    @Test
    void labels_out_of_order_are_bad() {
        bad(
                "blue",
                series("job", "x", "cluster", "a", "tenant", "blue"),
                "the labels of a series are not sorted: cluster comes after job");
    }

    @Test
    void the_same_label_twice_is_bad() {
        bad("blue", series("cluster", "a", "cluster", "b", "tenant", "blue"), "a series has the label cluster twice");
    }

    @Test
    void an_empty_value_is_bad() {
        bad("blue", series("cluster", "", "tenant", "blue"), "a label has no name or no value");
    }

    @Test
    void no_tenant_label_is_bad() {
        bad("blue", series("cluster", "a"), "a series has no label tenant");
    }

    @Test
    void no_cluster_label_is_bad() {
        bad("blue", series("tenant", "blue"), "a series has no label cluster");
    }

    @Test
    void another_tenant_than_the_request_says_is_bad() {
        bad(
                "blue",
                series("cluster", "a", "tenant", "green"),
                "a series is labelled tenant=green in a write of tenant blue");
    }

    @Test
    void a_request_without_a_tenant_is_bad() {
        bad(null, series("cluster", "a", "tenant", "blue"), "the request does not name a tenant");
    }

    @Test
    void other_bytes_than_snappy_are_bad() {
        assertThatThrownBy(() -> ReceivedWriteCheck.samples(new byte[] {9, 9, 9}, "blue"))
                .isInstanceOf(BadWrite.class)
                .hasMessageStartingWith("the body is not snappy");
    }

    @Test
    void a_message_that_breaks_off_is_bad() throws Exception {
        byte[] broken = Snappy.compress(new byte[] {0x0a, 0x20, 0x0a});

        assertThatThrownBy(() -> ReceivedWriteCheck.samples(broken, "blue"))
                .isInstanceOf(BadWrite.class)
                .hasMessageStartingWith("the protobuf message is broken");
    }

    private static void bad(@Nullable String tenant, byte[] series, String sentence) {
        assertThatThrownBy(() -> samples(tenant, series))
                .isInstanceOf(BadWrite.class)
                .hasMessage(sentence);
    }

    private static long samples(@Nullable String tenant, byte[]... series) throws IOException, BadWrite {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(message);
        for (byte[] one : series) {
            out.writeByteArray(1, one);
        }
        out.flush();
        return ReceivedWriteCheck.samples(Snappy.compress(message.toByteArray()), tenant);
    }

    /** One sample, and labels from pairs of name and value. */
    private static byte[] series(String... labels) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            for (int i = 0; i < labels.length; i += 2) {
                ByteArrayOutputStream label = new ByteArrayOutputStream();
                CodedOutputStream labelOut = CodedOutputStream.newInstance(label);
                labelOut.writeString(1, labels[i]);
                labelOut.writeString(2, labels[i + 1]);
                labelOut.flush();
                out.writeByteArray(1, label.toByteArray());
            }
            out.writeByteArray(2, new byte[] {0x10, 1});
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
