package io.ringgate.it;

import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.wire.SeriesFault;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** For each limit of a policy file a tight value, one that lifts it, and the write that meets it. */
final class LimitRows {

    private static final byte[] ONE = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final byte[] TWO = Proto.write(Proto.gauge("__name__", "up"), Proto.gauge("__name__", "down"))
            .packed();
    /** In one series. */
    static final byte[] TWO_EXEMPLARS = Proto.write(
                    Proto.gauge("__name__", "up").message(3, exemplar()).message(3, exemplar()))
            .packed();

    /** Of metadata. */
    static final byte[] TWO_ENTRIES = Proto.write(Proto.gauge("__name__", "up"))
            .message(3, new Proto().varint(1, 2).string(2, "up"))
            .message(3, new Proto().varint(1, 2).string(2, "down"))
            .packed();

    /** Two buckets in two spans. */
    private static final byte[] HISTOGRAM = Proto.write(Proto.series("__name__", "up")
                    .message(
                            4,
                            new Proto()
                                    .varint(1, 3)
                                    .message(11, new Proto().varint(2, 1))
                                    .message(11, new Proto().varint(1, 8).varint(2, 1))
                                    .message(12, new Proto().raw((byte) 2, (byte) 2))
                                    .varint(15, 1_700_000_000_000L)))
            .packed();

    private static final byte[] LONG_NAME =
            Proto.write(Proto.gauge("__name__", "up", "long_label_name", "v")).packed();
    private static final byte[] LONG_VALUE =
            Proto.write(Proto.gauge("__name__", "up", "pod", "a-long-value")).packed();
    private static final byte[] OLD = dated(System.currentTimeMillis() - 7_200_000);
    private static final byte[] NEW = dated(System.currentTimeMillis() + 7_200_000);

    /** As many seconds of a rate of one. */
    private static final byte[] TEN = Proto.write(IntStream.range(0, 10)
                    .mapToObj(i -> Proto.gauge("__name__", "up", "row", "row-" + i))
                    .toArray(Proto[]::new))
            .packed();

    private static final int MOST_TRIALS = 20;

    private LimitRows() {}

    /**
     * How one limit is met.
     *
     * @param tight a line of a policy file
     * @param lifted a line that takes it back
     * @param status 400 for a limit of single series
     * @param reason of a whole write; null for a limit of single series
     * @param fault of a single series; null for a limit of whole writes
     * @param play sends what meets the limit, and returns the answer to it
     */
    record Row(
            String tight,
            String lifted,
            int status,
            @Nullable Reason reason,
            @Nullable SeriesFault fault,
            Play play) {

        boolean retryable() {
            return status == 503;
        }
    }

    /** Meets the limit. With {@code passes} it is known that nothing will be refused. */
    interface Play {
        RawAnswer run(StatusRows.Stage stage, boolean passes) throws Exception;
    }

    static Row of(Limit limit) {
        return switch (limit) {
            case REQUESTS_PER_SECOND -> rate(limit, 1, Reason.REQUEST_RATE);
            case SAMPLES_PER_SECOND -> rate(limit, 10, Reason.SAMPLE_RATE);
            case BYTES_PER_SECOND -> rate(limit, TEN.length, Reason.BYTE_RATE);
            case MAX_CONCURRENT_WRITES -> whole(limit, 1, 503, Reason.CONCURRENCY, LimitRows::twoAtOnce);
            case MAX_CONNECTIONS -> whole(limit, 1, 503, Reason.EDGE_CONNECTIONS, LimitRows::twoConnections);
            case MAX_PACKED ->
                new Row(
                        "max_body: {packed: 1KiB}",
                        "max_body: {packed: 2MiB}",
                        413,
                        Reason.BODY_TOO_LARGE,
                        null,
                        sends(noise()));
            case MAX_UNPACKED ->
                new Row(
                        "max_body: {unpacked: 1KiB}",
                        "max_body: {unpacked: 2MiB}",
                        413,
                        Reason.BODY_TOO_LARGE,
                        null,
                        sends(noise()));
            case MAX_SERIES_PER_WRITE -> whole(limit, 1, 413, Reason.TOO_MANY_SERIES, sends(TWO));
            case MAX_SAMPLES_PER_WRITE -> whole(limit, 1, 413, Reason.TOO_MANY_SAMPLES, sends(TWO));
            case SAMPLES_LIMIT -> whole(limit, 1, 413, Reason.TOO_MANY_SAMPLES, sends(TWO));
            case MAX_EXEMPLARS_PER_WRITE -> whole(limit, 1, 413, Reason.TOO_MANY_EXEMPLARS, sends(TWO_EXEMPLARS));
            case MAX_METADATA_PER_WRITE -> whole(limit, 1, 413, Reason.TOO_MANY_METADATA, sends(TWO_ENTRIES));
            case MAX_DECODED ->
                new Row("max_decoded: 1KiB", "max_decoded: none", 413, Reason.BODY_TOO_LARGE, null, sends(TEN));
            case MAX_LABELS_PER_SERIES -> series(limit, "1", SeriesFault.TOO_MANY_LABELS, LONG_NAME);
            case MAX_LABEL_NAME_LENGTH -> series(limit, "8", SeriesFault.NAME_TOO_LONG, LONG_NAME);
            case MAX_LABEL_VALUE_LENGTH -> series(limit, "8", SeriesFault.VALUE_TOO_LONG, LONG_VALUE);
            case MAX_EXEMPLARS_PER_SERIES -> series(limit, "1", SeriesFault.TOO_MANY_EXEMPLARS, TWO_EXEMPLARS);
            case MAX_HISTOGRAM_BUCKETS -> series(limit, "1", SeriesFault.TOO_MANY_BUCKETS, HISTOGRAM);
            case MAX_HISTOGRAM_SPANS -> series(limit, "1", SeriesFault.TOO_MANY_SPANS, HISTOGRAM);
            case MAX_SAMPLE_AGE -> series(limit, "1h", SeriesFault.TOO_OLD, OLD);
            case MAX_SAMPLE_FUTURE -> series(limit, "1h", SeriesFault.TOO_NEW, NEW);
        };
    }

    private static Row rate(Limit limit, long burst, Reason reason) {
        return new Row(
                limit.key() + ": {rate: 1, burst: " + burst + "}",
                limit.key() + ": none",
                503,
                reason,
                null,
                LimitRows::oneAfterTheOther);
    }

    private static Row whole(Limit limit, long most, int status, Reason reason, Play play) {
        return new Row(limit.key() + ": " + most, limit.key() + ": 100", status, reason, null, play);
    }

    private static Row series(Limit limit, String most, SeriesFault fault, byte[] body) {
        return new Row(limit.key() + ": " + most, limit.key() + ": none", 400, null, fault, sends(body));
    }

    private static Proto exemplar() {
        return new Proto().message(1, Proto.label("trace_id", "abc")).number(2, 1.5);
    }

    private static byte[] dated(long millis) {
        return Proto.write(Proto.series("__name__", "up").message(2, Proto.sample(1, millis)))
                .packed();
    }

    /** More than a kibibyte, packed too. */
    private static byte[] noise() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        StringBuilder value = new StringBuilder();
        random.ints(3000, 'a', 'z').forEach(c -> value.append((char) c));
        return Proto.write(Proto.gauge("__name__", "up", "noise", value.toString()))
                .packed();
    }

    private static Play sends(byte[] body) {
        return (stage, passes) -> stage.ask(Request.write("berlin", body));
    }

    /** A machine that takes a second for two writes has granted another request meanwhile: then it is the next one. */
    private static RawAnswer oneAfterTheOther(StatusRows.Stage stage, boolean passes) throws Exception {
        if (stage.ask(Request.write("berlin", TEN)).status() != 204) {
            throw new AssertionError("the first write is within the burst");
        }
        RawAnswer answer = stage.ask(Request.write("berlin", TEN));
        for (int i = 0; i < MOST_TRIALS && !passes && answer.status() == 204; i++) {
            answer = stage.ask(Request.write("berlin", TEN));
        }
        return answer;
    }

    private static RawAnswer twoConnections(StatusRows.Stage stage, boolean passes) throws Exception {
        try (RawClient first = stage.connect()) {
            if (first.send(Request.write("berlin", ONE)).answer().status() != 204) {
                throw new AssertionError("the first connection is within the limit");
            }
            return stage.ask(Request.write("berlin", ONE));
        }
    }

    private static RawAnswer twoAtOnce(StatusRows.Stage stage, boolean passes) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        stage.receiver().reply(new Reply.After(gate, Reply.stored()));
        try (RawClient first = stage.connect();
                RawClient second = stage.connect()) {
            first.send(Request.write("berlin", ONE));
            Await.until(
                    "the first write is under way",
                    () -> stage.gateway().gateway().writesInFlight() == 1);
            second.send(Request.write("berlin", ONE).json(stage.json()));
            if (passes) {
                Await.until(
                        "both are under way", () -> stage.gateway().gateway().writesInFlight() == 2);
                gate.countDown();
            }
            RawAnswer answer = second.answer();
            gate.countDown();
            if (first.answer().status() != 204) {
                throw new AssertionError("the first write should not have suffered");
            }
            return answer;
        }
    }
}
