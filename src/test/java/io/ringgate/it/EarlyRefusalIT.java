package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.Curl;
import io.ringgate.testing.Flood;
import io.ringgate.testing.GoWrites;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Saying no is cheap: a refused body of 200 MB is not read, and its sender still sees why. */
class EarlyRefusalIT {

    private static final long SIZE = 200_000_000;
    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    /** The preface of a snappy block of 192 MiB. */
    private static final byte[] DECLARES_192_MIB = {(byte) 0x80, (byte) 0x80, (byte) 0x80, 0x60, 0};

    private static StandInReceiver receiver;
    private static TestGateway usual;

    /** Its caps allow 200 MB, and its budget holds one such write but not two. */
    private static TestGateway roomy;

    private static final int CONNECTIONS = 10;
    private static final int WRITES = 3;

    private static Path file;
    private static GoWrites go;

    private RawClient holder;

    @BeforeAll
    static void start(@TempDir Path folder, @TempDir Path other) throws Exception {
        receiver = StandInReceiver.start();
        usual = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .start();
        roomy = TestGateway.in(other)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .settings("body: {max_packed: 256MiB, max_unpacked: 512MiB, min_rate: 0}")
                .budget(520L << 20)
                .start();
        go = GoWrites.build(folder);
        file = folder.resolve("body");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(SIZE);
        }
    }

    @AfterAll
    static void stop() {
        usual.close();
        roomy.close();
        receiver.close();
    }

    /** A write whose body is held back has the memory of the roomy gateway. */
    @BeforeEach
    void spend() throws IOException {
        receiver.reset();
        holder = RawClient.plain(roomy.plainPort());
        holder.send(Request.write("berlin", new byte[10_000_000]).head()).send(DECLARES_192_MIB);
        Await.until("the memory is spent", () -> roomy.gateway().reservedBytes() > 400L << 20);
    }

    @AfterEach
    void giveBack() throws IOException {
        holder.close();
    }

    enum Refusal {
        WRONG_PASSWORD(401),
        TOO_LARGE(413),
        BUDGET_SPENT(503);

        private final int status;

        Refusal(int status) {
            this.status = status;
        }

        TestGateway gateway() {
            return this == BUDGET_SPENT ? roomy : usual;
        }

        String password() {
            return this == WRONG_PASSWORD ? "wrong" : TestGateway.PASSWORD;
        }

        String url(boolean tls) {
            return (tls
                            ? "https://localhost:" + gateway().tlsPort()
                            : "http://localhost:" + gateway().plainPort())
                    + Request.PATH;
        }
    }

    static Stream<Arguments> refusalsAndListeners() {
        return Stream.of(Refusal.values()).flatMap(r -> Stream.of(Arguments.of(r, true), Arguments.of(r, false)));
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void less_than_a_mebibyte_of_it_is_read(Refusal refusal) throws Exception {
        byte[] head = Request.write("berlin", UP)
                .credential("berlin", refusal.password())
                .header("Content-Length", Long.toString(SIZE))
                .head();

        Flood.Result result = Flood.of(refusal.gateway().plainPort(), head, SIZE);

        assertThat(result.answer())
                .startsWith("HTTP/1.1 " + refusal.status + " ")
                .contains("\r\nConnection: close\r\n");
        assertThat(result.ended()).isTrue();
        assertThat(result.read()).isLessThan(1 << 20);
    }

    @ParameterizedTest
    @MethodSource("refusalsAndListeners")
    void curl_sees_the_status(Refusal refusal, boolean tls) throws Exception {
        Curl.Said said = curl(refusal, tls, "-H", "Expect:");

        assertThat(said.status()).as(said.errors()).isEqualTo(refusal.status);
        assertThat(said.body()).contains("(request ");
    }

    @ParameterizedTest
    @MethodSource("refusalsAndListeners")
    void curl_sees_the_status_when_it_asks_before_it_sends(Refusal refusal, boolean tls) throws Exception {
        Curl.Said said = curl(refusal, tls, "-H", "Expect: 100-continue");

        assertThat(said.status()).as(said.errors()).isEqualTo(refusal.status);
        assertThat(said.body()).contains("(request ");
    }

    private static Curl.Said curl(Refusal refusal, boolean tls, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("-u", "berlin:" + refusal.password(), "-X", "POST", "-T", file.toString(), refusal.url(tls)));
        arguments.addAll(List.of(more));
        return Curl.trusting(usual.ca()).run(arguments.toArray(new String[0]));
    }

    @ParameterizedTest
    @MethodSource("refusalsAndListeners")
    void javas_own_client_sees_the_status(Refusal refusal, boolean tls) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(RawClient.trusting(usual.ca()))
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(refusal.url(tls)))
                            .header("Authorization", Request.basic("berlin", refusal.password()))
                            .POST(BodyPublishers.fromPublisher(
                                    BodyPublishers.ofInputStream(EarlyRefusalIT::zeros), SIZE))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(refusal.status);
        }
    }

    /** Ten connections at once, each with a new one after each refusal: not one is reset before its status is read. */
    @ParameterizedTest
    @MethodSource("refusalsAndListeners")
    void gos_own_client_sees_every_status(Refusal refusal, boolean tls) throws Exception {
        List<String> answers = go.send(refusal.url(tls), usual.ca(), refusal.password(), CONNECTIONS, WRITES, SIZE);

        assertThat(answers).hasSize(CONNECTIONS * WRITES).containsOnly(Integer.toString(refusal.status));
    }

    private static InputStream zeros() {
        return new InputStream() {
            private long left = SIZE;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] to, int from, int length) {
                int some = (int) Math.min(length, left);
                left -= some;
                return some == 0 ? -1 : some;
            }
        };
    }

    @Test
    void a_small_refused_body_is_read_past_and_the_connection_goes_on() throws IOException {
        try (RawClient client = RawClient.tls(usual.tlsPort(), usual.ca())) {
            client.send(Request.write("berlin", new byte[256 * 1024]).credential("berlin", "wrong"));
            assertThat(client.answer().status()).isEqualTo(401);

            client.send(Request.write("berlin", UP));
            assertThat(client.answer().status()).isEqualTo(204);
        }
    }

    @Test
    void a_little_more_is_not() throws IOException {
        try (RawClient client = RawClient.plain(usual.plainPort())) {
            client.send(Request.write("berlin", new byte[256 * 1024 + 1])
                    .credential("berlin", "wrong")
                    .head());

            RawAnswer answer = client.answer();
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void a_body_that_turns_out_too_large_on_the_way_is_413_and_the_end() throws IOException {
        try (RawClient client = RawClient.plain(usual.plainPort())) {
            client.send(Request.write("berlin", UP)
                    .header("Content-Length", "100000")
                    .head());
            client.send(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 0});

            RawAnswer answer = client.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body())
                    .contains("unpacked body")
                    .contains("268435455")
                    .contains("67108864");
        }
    }

    @Test
    void a_body_in_chunks_that_grows_too_large_is_413_and_the_end() throws IOException {
        byte[] chunk = new byte[64 * 1024];
        try (RawClient client = RawClient.plain(usual.plainPort())) {
            client.send(Request.write("berlin", UP)
                    .without("Content-Length")
                    .header("Transfer-Encoding", "chunked")
                    .head());
            chunk[0] = 127;
            for (int i = 0; i < 257; i++) {
                client.send("10000\r\n").send(chunk).send("\r\n");
            }

            RawAnswer answer = client.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void a_held_body_that_comes_after_all_is_taken() throws IOException {
        try (RawClient client = RawClient.plain(usual.plainPort())) {
            client.send(Request.write("berlin", UP).head()).send(new byte[] {UP[0]});
            Await.until("it is admitted", () -> usual.gateway().writesInFlight() == 1);

            byte[] rest = new byte[UP.length - 1];
            System.arraycopy(UP, 1, rest, 0, rest.length);
            assertThat(client.send(rest).answer().status()).isEqualTo(204);
        }
    }
}
