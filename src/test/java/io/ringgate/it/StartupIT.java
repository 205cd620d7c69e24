package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.ProtobufMessage;
import io.ringgate.testing.RinggateProcess;
import io.ringgate.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xerial.snappy.Snappy;

/** The program as an operator starts and stops it. Times are told, and held to bounds that a busy machine keeps too. */
@Tag("launcher")
class StartupIT {

    private static final Logger LOG = LoggerFactory.getLogger(StartupIT.class);
    private static final long GENEROUS_MILLIS = 20_000;
    private static final Pattern ADDRESSES =
            Pattern.compile("taking writes address=\"https://127\\.0\\.0\\.1:(\\d+), http://127\\.0\\.0\\.1:(\\d+)\" "
                    + "admin=\"?127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    private static Path folder;

    /** The first start after a build makes the AOT cache. A build it must not make: the jar is as new as the sources. */
    @BeforeAll
    static void the_jar_is_built_and_its_cache_is_made() throws Exception {
        try (RinggateProcess first = RinggateProcess.start(folder, "--version")) {
            assertThat(first.exitCode()).as(first.err()).isZero();
            assertThat(first.err()).as("a start inside the build").doesNotContain("building");
        }
    }

    @Test
    void the_version_is_one_line() throws Exception {
        long begin = System.nanoTime();
        try (RinggateProcess version = RinggateProcess.start(folder, "--version")) {
            assertThat(version.exitCode()).isZero();
            tellTime("--version", begin);

            assertThat(version.out()).matches("ringgate \\S+\n");
            assertThat(version.err()).isEmpty();
        }
    }

    @Test
    void the_sample_configuration_is_good_but_for_files_that_are_to_be_made() throws Exception {
        try (RinggateProcess check = RinggateProcess.start(folder, "check")) {
            assertThat(check.exitCode()).as(check.out()).isZero();

            assertThat(check.out()).containsPattern("config/ringgate.yaml: good, [1-9]\\d* warnings?\\.\n$");
        }
    }

    @Test
    void strictly_the_sample_configuration_is_refused() throws Exception {
        try (RinggateProcess check = RinggateProcess.start(folder, "check", "--strict")) {
            assertThat(check.exitCode()).as(check.out()).isEqualTo(2);

            assertThat(check.out()).contains("cert_file").containsPattern("config/ringgate.yaml: [1-9]\\d* errors?, ");
        }
    }

    @Test
    void every_problem_of_a_bad_configuration_is_told_at_once() throws Exception {
        Path yaml = configuration(0, 0, 9);
        Files.writeString(yaml, Files.readString(yaml).replace("admin:", "admni:") + "max_concurrent_writes: many\n");
        Files.writeString(yaml.resolveSibling("edges.yaml"), "edges:\n  - {name: alpha, tenant: 'not/one'}\n");

        try (RinggateProcess run = RinggateProcess.start(folder, "run", "--config", yaml.toString())) {
            assertThat(run.exitCode()).isEqualTo(2);

            assertThat(run.err())
                    .contains("admni", "max_concurrent_writes", "not/one")
                    .endsWith("ringgate: the configuration is refused, see above.\n")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void a_port_in_use_is_a_sentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                RinggateProcess run = RinggateProcess.start(
                        folder,
                        "run",
                        "--config",
                        configuration(taken.getLocalPort(), 0, 9).toString())) {
            assertThat(run.exitCode()).isEqualTo(1);

            assertThat(run.err())
                    .endsWith("ringgate: a listener cannot be opened: 127.0.0.1:" + taken.getLocalPort()
                            + " is in use by another program.\n")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void an_admin_port_in_use_is_a_sentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                RinggateProcess run = RinggateProcess.start(
                        folder,
                        "run",
                        "--config",
                        configuration(0, taken.getLocalPort(), 9).toString())) {
            assertThat(run.exitCode()).isEqualTo(1);

            assertThat(run.err())
                    .endsWith("ringgate: the admin listener cannot be opened: 127.0.0.1:" + taken.getLocalPort()
                            + " is in use by another program.\n")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void sighup_reads_the_configuration_anew_and_ends_nothing() throws Exception {
        Path yaml = configuration(0, 0, 9);
        try (RinggateProcess run = RinggateProcess.start(folder, "run", "--config", yaml.toString())) {
            Eventually.becomes("it runs", () -> ADDRESSES.matcher(run.err()).find());

            run.hangUp();
            Eventually.becomes("it says so", () -> run.err().contains("reload by SIGHUP result=unchanged"));
            Files.writeString(yaml.resolveSibling("edges.yaml"), "edges: nonsense\n");
            run.hangUp();

            Eventually.becomes(
                    "it refuses",
                    () -> run.err().contains("reload by SIGHUP result=refused reason=\"identities: refused"));
            assertThat(run.isAlive()).isTrue();
        }
    }

    @Test
    void a_signal_ends_it_after_the_write_under_way() throws Exception {
        try (HeldReceiver receiver = new HeldReceiver()) {
            Path yaml = configuration(0, 0, receiver.port());
            long begin = System.nanoTime();
            try (RinggateProcess run = RinggateProcess.start(folder, "run", "--config", yaml.toString());
                    HttpClient http = HttpClient.newHttpClient()) {
                Matcher started = Eventually.see(
                        "run tells its addresses",
                        () -> ADDRESSES.matcher(run.err()),
                        found -> !run.isAlive() || found.find());
                tellTime("run until ready", begin);
                URI ready = URI.create("http://127.0.0.1:" + started.group(3) + "/-/ready");
                assertThat(status(http, ready)).isEqualTo(200);
                CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                        write("http://127.0.0.1:" + started.group(2)), HttpResponse.BodyHandlers.ofString());
                receiver.awaitWrite();

                run.terminate();
                Eventually.becomes("it is not ready any more", () -> status(http, ready) == 503);
                assertThat(answer).isNotDone();
                receiver.letGo();

                assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
                assertThat(run.exitCode()).isZero();
            }
        }
    }

    private static void tellTime(String what, long begin) {
        long millis = (System.nanoTime() - begin) / 1_000_000;
        LOG.info("{}: {} ms", what, millis);
        assertThat(millis).as(what).isLessThan(GENEROUS_MILLIS);
    }

    private static int status(HttpClient http, URI page) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Path configuration(int port, int adminPort, int receiverPort) throws IOException {
        Path own = Files.createTempDirectory(folder, "run");
        TestCertificates certificates = new TestCertificates(own).issue("server", "IP:127.0.0.1");
        Files.writeString(own.resolve("htpasswd"), "alpha:" + Md5Crypt.apr1Crypt("open sesame") + "\n");
        Files.writeString(
                own.resolve("edges.yaml"),
                "edges:\n  - {name: alpha, tenant: acme, credentials: [{basic: {user: alpha}}]}\n");
        return Files.writeString(own.resolve("ringgate.yaml"), """
                listeners:
                  - address: 127.0.0.1:%d
                    tls: {certificates: [{cert_file: %s, key_file: %s}]}
                  - {address: 127.0.0.1:0, unsafe_plaintext: true}
                admin: {address: 127.0.0.1:%d}
                drain: {keep_serving: 2s}
                receivers: {addresses: [127.0.0.1:%d]}
                """.formatted(
                        port, certificates.certificate("server"), certificates.key("server"), adminPort, receiverPort));
    }

    private static HttpRequest write(String base) throws IOException {
        byte[] label = ProtobufMessage.of(out -> {
            out.writeString(1, "__name__");
            out.writeString(2, "field_height");
        });
        byte[] sample = ProtobufMessage.of(out -> {
            out.writeDouble(1, 42.5);
            out.writeInt64(2, System.currentTimeMillis());
        });
        byte[] series = ProtobufMessage.of(out -> {
            out.writeByteArray(1, label);
            out.writeByteArray(2, sample);
        });
        String login = Base64.getEncoder().encodeToString("alpha:open sesame".getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(base + "/api/v1/receive"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/x-protobuf")
                .header("Content-Encoding", "snappy")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        Snappy.compress(ProtobufMessage.of(out -> out.writeByteArray(1, series)))))
                .build();
    }

    /** A receiver that has taken a write and does not answer yet. */
    private static final class HeldReceiver implements AutoCloseable {

        private final HttpServer server;
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        HeldReceiver() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), FreePort.next()), 0);
            server.createContext("/api/v1/receive", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    arrived.countDown();
                    released.await(30, TimeUnit.SECONDS);
                    exchange.sendResponseHeaders(200, -1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        void awaitWrite() throws InterruptedException {
            assertThat(arrived.await(30, TimeUnit.SECONDS))
                    .as("the write reaches the receiver")
                    .isTrue();
        }

        void letGo() {
            released.countDown();
        }

        @Override
        public void close() {
            letGo();
            server.stop(0);
        }
    }
}
