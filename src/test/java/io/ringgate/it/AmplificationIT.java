package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.ReceivedWrite;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A known edge sends a few bytes of which a receiver's decoder would make hundreds of megabytes. None of that is sent on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AmplificationIT {

    private static final int MILLION = 1_000_000;

    /** The tags of a series' exemplars and histograms, and of a write's metadata, with no bytes behind. */
    private static final byte[] EMPTY_EXEMPLAR = {0x1a, 0};

    private static final byte[] EMPTY_SAMPLE = {0x12, 0};
    private static final byte[] EMPTY_HISTOGRAM = {0x22, 0};
    private static final byte[] EMPTY_METADATA = {0x1a, 0};
    private static final byte[] EMPTY_LABEL = {0x0a, 0};
    private static final byte[] EMPTY_SPAN = {0x5a, 0};
    private static final byte[] UNKNOWN = {0x48, 1};

    /** Short labels, and nothing else. */
    private static final byte[] SMALL_SERIES = Proto.write(
                    Proto.series("a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "6", "g", "7", "h", "8"))
            .bytes();

    private StandInReceiver receiver;
    private TestGateway gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .edge("oslo", "team-b")
                .budget(256L << 20)
                .limits("team-a", "{samples_per_second: 10, max_series_per_write: 5}")
                .start();
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
        receiver.close();
    }

    @BeforeEach
    void nothing_was_received() {
        receiver.reset();
    }

    @Test
    void eight_million_empty_exemplars_refuse_their_series_and_the_others_are_stored() throws Exception {
        Proto bomb = Proto.gauge("__name__", "bomb").raw(many(EMPTY_EXEMPLAR, 8 * MILLION));

        RawAnswer answer = write("berlin", good("a"), bomb, good("b"), good("c"), good("d"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("1 of 5 series refused, the others stored: series 2 {__name__=\"bomb\"}:"
                        + " an exemplar without labels, value and time");
        theOthersOnly();
    }

    @Test
    void eight_million_empty_metadata_entries_refuse_the_write() throws Exception {
        Proto bomb = Proto.write(good("a")).raw(many(EMPTY_METADATA, 8 * MILLION));

        RawAnswer answer = write("berlin", bomb);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body())
                .startsWith("this write has 8000000 metadata entries, max_metadata_per_write allows 20000:"
                        + " set max_samples_per_send: 20000 in the sender's metadata_config");
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void a_histogram_of_300000_buckets_refuses_its_series() throws Exception {
        Proto bomb = histogram(new Proto().message(12, new Proto().raw(many(new byte[] {2}, 300_000))));

        RawAnswer answer = write("berlin", good("a"), bomb, good("b"), good("c"), good("d"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "series 2 {__name__=\"bomb\"}: a histogram of 300000 buckets, max_histogram_buckets allows 2000");
        theOthersOnly();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void of_one_series(String what, Proto bomb, String words) throws Exception {
        RawAnswer answer = write("oslo", good("a"), bomb, good("b"), good("c"), good("d"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("1 of 5 series refused, the others stored", words);
        theOthersOnly();
    }

    static Stream<Object[]> of_one_series() {
        byte[] cheapExemplar = {0x1a, 2, 0x18, 1};
        byte[] defaultExemplar = {0x1a, 2, 0x18, 0};
        byte[] delta = {0x60, 2};
        return Stream.of(
                new Object[] {
                    "one empty exemplar", bomb().raw(EMPTY_EXEMPLAR), "an exemplar without labels, value and time"
                },
                new Object[] {
                    "an exemplar of defaults", bomb().raw(defaultExemplar), "an exemplar without labels, value and time"
                },
                new Object[] {
                    "exemplars with a time",
                    bomb().raw(many(cheapExemplar, 101)),
                    "101 exemplars, max_exemplars_per_series allows 100"
                },
                new Object[] {
                    "counts", histogram(new Proto().message(13, new Proto().raw(new byte[8 * 2_001]))), "2001 buckets"
                },
                new Object[] {
                    "negative counts",
                    histogram(new Proto().message(10, new Proto().raw(new byte[8 * 2_001]))),
                    "2001 buckets"
                },
                new Object[] {
                    "bounds", histogram(new Proto().message(16, new Proto().raw(new byte[8 * 2_001]))), "2001 buckets"
                },
                new Object[] {
                    "deltas, each in a field", histogram(new Proto().raw(many(delta, 300_000))), "300000 buckets"
                },
                new Object[] {
                    "buckets of both signs",
                    histogram(new Proto()
                            .message(9, new Proto().raw(new byte[1_001]))
                            .message(12, new Proto().raw(new byte[1_000]))),
                    "2001 buckets"
                },
                new Object[] {
                    "empty spans",
                    histogram(new Proto().raw(many(EMPTY_SPAN, 3 * MILLION))),
                    "3000000 spans, max_histogram_spans allows 1000"
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void of_a_whole_write(String what, Proto message, int status, String words) throws Exception {
        RawAnswer answer = write("oslo", message);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
        assertThat(receiver.received()).isEmpty();
    }

    static Stream<Object[]> of_a_whole_write() {
        byte[] cheapMetadata = {0x1a, 2, 8, 1};
        String held = "max_decoded allows 268435456";
        return Stream.of(
                new Object[] {"samples", Proto.write(bomb().raw(many(EMPTY_SAMPLE, 9 * MILLION))), 413, held},
                new Object[] {"histograms", Proto.write(bomb().raw(many(EMPTY_HISTOGRAM, 600_000))), 413, held},
                new Object[] {
                    "series",
                    new Proto().raw(many(SMALL_SERIES, 380_000)),
                    413,
                    "380000 series, max_series_per_write allows 50000"
                },
                new Object[] {
                    "labels of an exemplar",
                    Proto.write(bomb().message(3, new Proto().number(2, 1).raw(many(EMPTY_LABEL, 5 * MILLION)))),
                    413,
                    held
                },
                new Object[] {
                    "exemplars of many series",
                    Proto.write(Stream.generate(() -> bomb().raw(many(new byte[] {0x1a, 2, 0x18, 1}, 100)))
                            .limit(201)
                            .toArray(Proto[]::new)),
                    413,
                    "20100 exemplars, max_exemplars_per_write allows 20000"
                },
                new Object[] {
                    "metadata", new Proto().raw(many(cheapMetadata, 20_001)), 413, "max_metadata_per_write allows 20000"
                },
                new Object[] {
                    "one empty metadata entry",
                    Proto.write(good("a")).raw(EMPTY_METADATA),
                    400,
                    "1 of 1 metadata entries of this write are empty"
                });
    }

    @Test
    void what_remote_write_does_not_know_stays_here() throws Exception {
        Proto series = good("a").raw(many(UNKNOWN, MILLION));
        Proto message = Proto.write(series, good("b")).raw(many(UNKNOWN, MILLION));

        RawAnswer answer = write("oslo", message);

        assertThat(answer.status()).isEqualTo(204);
        ReceivedWrite received = receiver.onlyOne();
        assertThat(received.message()).hasSizeLessThan(200);
        assertThat(received.series()).hasSize(2);
    }

    @Test
    void what_senders_send_goes_on() throws Exception {
        Proto exemplar = new Proto().number(2, 1.5).varint(3, 1_700_000_000_000L);
        Proto buckets = new Proto()
                .varint(1, 160)
                .message(11, new Proto().varint(2, 160))
                .message(12, new Proto().raw(many(new byte[] {2}, 160)));
        Proto message =
                Proto.write(bomb().message(3, exemplar), histogram(buckets)).message(3, new Proto().string(2, "up"));

        assertThat(write("oslo", message).status()).isEqualTo(204);
        assertThat(receiver.onlyOne().series()).hasSize(2);
    }

    private static Proto good(String name) {
        return Proto.gauge("__name__", name);
    }

    private static Proto bomb() {
        return Proto.gauge("__name__", "bomb");
    }

    private static Proto histogram(Proto content) {
        return Proto.series("__name__", "bomb").message(4, content);
    }

    private static byte[] many(byte[] piece, int count) {
        byte[] bytes = new byte[piece.length * count];
        for (int i = 0; i < bytes.length; i += piece.length) {
            System.arraycopy(piece, 0, bytes, i, piece.length);
        }
        return bytes;
    }

    private void theOthersOnly() {
        ReceivedWrite received = receiver.onlyOne();
        assertThat(received.message()).hasSizeLessThan(1_000);
        assertThat(received.series())
                .extracting(ReceivedWrite.Series::labels)
                .allMatch(labels -> labels.stream()
                        .anyMatch(label -> Arrays.asList("__name__=a", "__name__=b", "__name__=c", "__name__=d")
                                .contains(label)));
        assertThat(received.series()).hasSize(4);
    }

    private RawAnswer write(String edge, Proto... series) throws Exception {
        return write(edge, Proto.write(series));
    }

    private RawAnswer write(String edge, Proto message) throws Exception {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.write(edge, message.packed())).answer();
        }
    }
}
