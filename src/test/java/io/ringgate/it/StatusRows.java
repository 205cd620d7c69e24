package io.ringgate.it;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.ringgate.reject.Reason;
import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TestGateway;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * For each reason the one situation that leads to it. The switch has no default: a new reason does not compile until it
 * has its row.
 */
final class StatusRows {

    static final String NOBODY = "";
    static final String TENANT = "team-a";

    /** Whether the edge is known when its write is refused is a matter of luck. */
    static final String ANYBODY = "*";

    private static final String SLOW_PASSWORD = "secret";

    /** It takes some 15 ms to check a password against it. */
    static final String SLOW_HASH = BCrypt.withDefaults().hashToString(8, SLOW_PASSWORD.toCharArray());

    private static final byte[] GOOD =
            Proto.write(Proto.gauge("__name__", "up")).packed();

    /** Two series with a sample each. */
    private static final byte[] TWO_SERIES = Proto.write(Proto.gauge("__name__", "up"), Proto.gauge("__name__", "down"))
            .packed();

    /** Nobody waits for memory or a place for long. */
    private static final String SHORT_WAIT = "timeouts: {admission_wait: 50ms}";

    private static final String ONE_WRITE = "max_concurrent_writes: 1\n" + SHORT_WAIT;

    private static final String OTHERS_RING = "[{\"tenants\": [\"team-b\"], \"endpoints\": [\"127.0.0.1:10901\"]}]";

    private StatusRows() {}

    sealed interface Entry {}

    /** @param why what is missing before a test can reach the reason */
    record NotReachable(String why) implements Entry {}

    /**
     * One row of the table.
     *
     * @param tenant as it is counted, or {@link #ANYBODY}
     * @param settings further lines of ringgate.yaml
     * @param budget the memory budget in bytes, 0 for the usual one
     * @param hashrings a hashring file, empty for one receiver that takes everything
     * @param limits what the tenant's policy file says, empty for none
     */
    record Row(
            int status, String tenant, List<String> settings, long budget, String hashrings, String limits, Play play)
            implements Entry {

        String receivers(int port) {
            String more = status == 429 ? "\n  on_limit: drop" : "";
            return "  addresses: ['127.0.0.1:" + port + "']" + more;
        }

        Row settings(String yaml) {
            return new Row(status, tenant, List.of(yaml), budget, hashrings, limits, play);
        }

        Row hashrings(String json) {
            return new Row(status, tenant, settings, budget, json, limits, play);
        }

        Row budget(long bytes) {
            return new Row(status, tenant, settings, bytes, hashrings, limits, play);
        }

        Row limits(String yaml) {
            return new Row(status, tenant, settings, budget, hashrings, yaml, play);
        }
    }

    /** Brings a gateway to refuse one write for one reason. */
    interface Play {
        RawAnswer run(Stage stage) throws Exception;
    }

    record Stage(TestGateway gateway, StandInReceiver receiver, boolean json) {

        RawAnswer ask(Request request) throws Exception {
            try (RawClient client = connect()) {
                return client.send(request.json(json)).answer();
            }
        }

        RawClient connect() throws Exception {
            return RawClient.plain(gateway.plainPort());
        }
    }

    static Entry of(Reason reason) {
        return switch (reason) {
            case NO_CREDENTIAL -> sent(401, NOBODY, r -> r.without("Authorization"));
            case WRONG_CREDENTIAL -> sent(401, NOBODY, r -> r.credential("berlin", "wrong"));
            case EDGE_DISABLED -> sent(403, "team-b", r -> r.user("closed"));
            case WRONG_NETWORK -> sent(403, "team-b", r -> r.user("abroad"));
            case TENANT_WITHOUT_RING -> sent(403, TENANT, r -> r).hashrings(OTHERS_RING);
            case PROOF_UNAVAILABLE -> row(503, NOBODY, StatusRows::tooManyGuesses);
            case WRONG_PATH -> row(404, NOBODY, s -> s.ask(Request.of("POST", "/api/v1/query")));
            case WRONG_METHOD ->
                row(405, TENANT, s -> s.ask(Request.of("GET", Request.PATH).user("berlin")));
            case WRONG_HOST -> sent(421, NOBODY, r -> r.header("Host", "elsewhere.example"));
            case WRONG_MEDIA_TYPE -> sent(415, TENANT, r -> r.header("Content-Type", "text/plain"));
            case WRONG_ENCODING -> sent(415, TENANT, r -> r.header("Content-Encoding", "gzip"));
            case PLAIN_HTTP -> row(400, NOBODY, StatusRows::plainHttp);
            case BAD_FRAMING -> sent(400, NOBODY, r -> r.without("Host"));
            case HEADERS_TOO_LARGE -> sent(431, NOBODY, r -> r.header("X-Long", "x".repeat(40_000)));
            case MALFORMED -> sent(400, TENANT, r -> r.body("no snappy block".getBytes(StandardCharsets.US_ASCII)));
            case SERIES_REFUSED ->
                sent(
                        400,
                        TENANT,
                        r -> r.body(Proto.write(Proto.gauge("a", "1", "a", "2")).packed()));
            case BODY_TOO_LARGE ->
                sent(413, TENANT, r -> r.body(new byte[20_000])).settings("body: {max_packed: 10KiB}");
            case TOO_MANY_SERIES -> sent(413, TENANT, r -> r.body(TWO_SERIES)).limits("max_series_per_write: 1");
            case TOO_MANY_SAMPLES -> sent(413, TENANT, r -> r.body(TWO_SERIES)).limits("max_samples_per_write: 1");
            case TOO_MANY_EXEMPLARS ->
                sent(413, TENANT, r -> r.body(LimitRows.TWO_EXEMPLARS)).limits("max_exemplars_per_write: 1");
            case TOO_MANY_METADATA ->
                sent(413, TENANT, r -> r.body(LimitRows.TWO_ENTRIES)).limits("max_metadata_per_write: 1");
            case OVER_BURST ->
                sent(413, TENANT, r -> r.body(TWO_SERIES)).limits("samples_per_second: {rate: 1, burst: 1}");
            case REQUEST_RATE -> row(503, TENANT, StatusRows::twice).limits("requests_per_second: {rate: 1, burst: 1}");
            case SAMPLE_RATE -> row(503, TENANT, StatusRows::twice).limits("samples_per_second: {rate: 1, burst: 1}");
            case BYTE_RATE ->
                row(503, TENANT, StatusRows::twice).limits("bytes_per_second: {rate: 1, burst: " + GOOD.length + "}");
            case MEMORY_BUDGET -> spentBudget();
            case CONCURRENCY -> row(503, TENANT, StatusRows::tooManyAtOnce).settings(ONE_WRITE);
            case EDGE_CONNECTIONS ->
                row(503, TENANT, StatusRows::tooManyConnections).settings("connections: {max_per_edge: 1}");
            case SLOW_BODY ->
                row(503, TENANT, StatusRows::slowBody).settings("body: {min_rate: 1MiB, min_rate_after: 100ms}");
            case DEADLINE ->
                sent(503, ANYBODY, r -> r.credential("slow", SLOW_PASSWORD))
                        .settings("timeouts: {write_deadline: 1ms}");
            case CLOCK_IN_DOUBT -> row(503, TENANT, StatusRows::clockInDoubt).limits("max_sample_future: 10m");
            case RECEIVER_CONFLICT -> answered(409);
            case RECEIVER_BAD_REQUEST -> answered(400);
            case RECEIVER_TOO_LARGE -> answered(413);
            case RECEIVER_UNPROCESSABLE -> answered(422);
            case RECEIVER_UNRECOGNISED -> row(503, TENANT, s -> replied(s, Reply.status(400, "no healthy upstream")));
            case RECEIVER_LIMITED -> row(503, TENANT, s -> replied(s, Reply.status(429, "too fast")));
            case RECEIVER_DROPPED -> row(429, TENANT, s -> replied(s, Reply.status(429, "too fast")));
            case RECEIVER_MISCONFIGURED -> row(503, TENANT, s -> replied(s, Reply.status(404, "no such page")));
            case RECEIVER_FAILED -> row(503, TENANT, s -> replied(s, Reply.status(500, "out of order")));
            case RECEIVER_UNAVAILABLE -> row(503, TENANT, s -> replied(s, new Reply.HangUp()));
            case INTERNAL -> new NotReachable("it takes a fault of ours that is not known");
        };
    }

    private static Row row(int status, String tenant, Play play) {
        return new Row(status, tenant, List.of(), 0, "", "", play);
    }

    /** A good write with one thing changed. */
    private static Row sent(int status, String tenant, UnaryOperator<Request> change) {
        return row(status, tenant, s -> s.ask(change.apply(Request.write("berlin", GOOD))));
    }

    /** A receiver's own refusal, whose words the sender has to see. */
    private static Row answered(int status) {
        return row(status, TENANT, s -> {
            RawAnswer answer = replied(s, Reply.status(status, "out of order sample"));
            if (!answer.body().contains("out of order sample")) {
                throw new AssertionError("the receiver's words are not in: " + answer.body());
            }
            return answer;
        });
    }

    private static RawAnswer replied(Stage stage, Reply reply) throws Exception {
        stage.receiver().reply(reply);
        return stage.ask(Request.write("berlin", GOOD));
    }

    /** The receiver says that it is eleven minutes later, and so does the sample. */
    private static RawAnswer clockInDoubt(Stage stage) throws Exception {
        Instant there = Instant.now().plusSeconds(660);
        stage.receiver().reply(Reply.storedAt(there));
        if (stage.ask(Request.write("berlin", GOOD)).status() != 204) {
            throw new AssertionError("the receiver says its time with a stored write");
        }
        byte[] body = Proto.write(Proto.series("__name__", "up").message(2, Proto.sample(1, there.toEpochMilli())))
                .packed();
        return stage.ask(Request.write("berlin", body));
    }

    private static RawAnswer plainHttp(Stage stage) throws Exception {
        try (RawClient client = RawClient.plain(stage.gateway().tlsPort())) {
            return client.send(Request.write("berlin", GOOD).json(stage.json())).answer();
        }
    }

    /** A write whose body does not go on holds three of four megabytes, in the way of one that needs two. */
    private static Row spentBudget() {
        return row(503, TENANT, StatusRows::budgetSpent).budget(4 << 20).settings(SHORT_WAIT);
    }

    private static RawAnswer budgetSpent(Stage stage) throws Exception {
        byte[] declares256KiB = {(byte) 0x80, (byte) 0x80, 0x10, 0, 0};
        try (RawClient first = stage.connect();
                RawClient second = stage.connect()) {
            first.send(Request.write("berlin", new byte[500_000]).head()).send(declares256KiB);
            Await.until(
                    "the first write holds memory",
                    () -> stage.gateway().gateway().reservedBytes() > 2 << 20);
            Request request = Request.write("berlin", new byte[500_000]).json(stage.json());
            return second.send(request.head()).send(declares256KiB).answer();
        }
    }

    /** The first takes all there is; a second later there may be another. */
    private static RawAnswer twice(Stage stage) throws Exception {
        RawAnswer answer = stage.ask(Request.write("berlin", GOOD));
        for (int i = 0; i < 20 && answer.status() == 204; i++) {
            answer = stage.ask(Request.write("berlin", GOOD));
        }
        return answer;
    }

    private static RawAnswer tooManyAtOnce(Stage stage) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        stage.receiver().reply(new Reply.After(gate, Reply.stored()));
        try (RawClient first = stage.connect()) {
            first.send(Request.write("berlin", GOOD));
            Await.until(
                    "the first write is under way",
                    () -> stage.gateway().gateway().writesInFlight() == 1);
            RawAnswer answer = stage.ask(Request.write("berlin", GOOD));
            gate.countDown();
            if (first.answer().status() != 204) {
                throw new AssertionError("the first write should not have suffered");
            }
            return answer;
        }
    }

    private static RawAnswer tooManyConnections(Stage stage) throws Exception {
        try (RawClient first = stage.connect()) {
            if (first.send(Request.write("berlin", GOOD)).answer().status() != 204) {
                throw new AssertionError("the first connection should be taken");
            }
            return stage.ask(Request.write("berlin", GOOD));
        }
    }

    private static RawAnswer slowBody(Stage stage) throws Exception {
        try (RawClient client = stage.connect()) {
            client.send(Request.write("berlin", new byte[100_000])
                    .json(stage.json())
                    .head());
            return client.send(new byte[100]).answer();
        }
    }

    /** Wrong passwords for one user all at once, more than one source may try. The answer to one of those that may not. */
    private static RawAnswer tooManyGuesses(Stage stage) throws Exception {
        List<RawClient> waiting = new ArrayList<>();
        List<RawClient> all = new ArrayList<>();
        try {
            for (int i = 0; i < 15; i++) {
                all.add(stage.connect());
            }
            for (RawClient client : all) {
                String guess = "guess " + waiting.size();
                waiting.add(client.send(
                        Request.write("slow", GOOD).credential("slow", guess).json(stage.json())));
            }
            List<RawAnswer> unavailable = new ArrayList<>();
            Await.until("one of them may not wait", () -> {
                waiting.removeIf(client -> {
                    RawAnswer answer = client.answerIfThere();
                    if (answer != null && answer.status() == 503) {
                        unavailable.add(answer);
                    }
                    return answer != null;
                });
                return !unavailable.isEmpty();
            });
            return unavailable.getFirst();
        } finally {
            for (RawClient client : all) {
                client.close();
            }
        }
    }

    /** Answers to everything that is no right credential. */
    static List<RawAnswer> guesses(Stage stage) throws Exception {
        List<RawAnswer> answers = new ArrayList<>();
        answers.add(stage.ask(Request.write("berlin", GOOD).without("Authorization")));
        answers.add(stage.ask(Request.write("nobody", GOOD)));
        answers.add(stage.ask(Request.write("berlin", GOOD).credential("berlin", "wrong")));
        answers.add(stage.ask(Request.write("berlin", GOOD).credential("berlin", "")));
        answers.add(stage.ask(Request.write("berlin", GOOD).credential("berlin", "x".repeat(1025))));
        answers.add(stage.ask(Request.write("berlin", GOOD).header("Authorization", "Basic !!!!")));
        answers.add(stage.ask(Request.write("berlin", GOOD).header("Authorization", "Basic")));
        answers.add(stage.ask(Request.write("berlin", GOOD).header("Authorization", "Bearer abc")));
        answers.add(stage.ask(Request.write("berlin", GOOD).header("Authorization", "Basic bm9jb2xvbg==")));
        return answers;
    }
}
