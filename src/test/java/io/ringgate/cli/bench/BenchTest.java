package io.ringgate.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sender against the sink, over real sockets; and what either refuses. */
class BenchTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void what_was_sent_arrives_and_is_counted_alike() throws Exception {
        try (Sink sink = sink(204)) {
            JsonNode report = send(sink, "--for", "1s", "--series", "10", "--connections", "4");

            long answered = report.get("statuses").get("204").asLong();
            assertThat(answered).isGreaterThan(100).isEqualTo(sink.requests());
            assertThat(report.get("series_per_second").asDouble())
                    .isEqualTo(report.get("writes_per_second").asDouble() * 10, within1());
            assertThat(sink.bytes()).isGreaterThan(answered * 300);
            assertThat(report.get("errors")).isEmpty();
            assertThat(report.get("p50_ms").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(report.get("max_ms").asDouble());
        }
    }

    @Test
    void a_rate_is_kept() throws Exception {
        try (Sink sink = sink(204)) {
            JsonNode report = send(sink, "--for", "1s", "--series", "10", "--connections", "2", "--rate", "200");

            assertThat(report.get("statuses").get("204").asLong()).isBetween(1L, 210L);
        }
    }

    @Test
    void refused_writes_are_not_counted_as_taken() throws Exception {
        try (Sink sink = sink(503)) {
            JsonNode report = send(sink, "--for", "300ms", "--series", "10");

            assertThat(report.get("writes_per_second").asDouble()).isZero();
            assertThat(report.get("statuses").get("503").asLong()).isPositive();
        }
    }

    @Test
    void nobody_there_is_a_failure_that_says_so() throws Exception {
        Sink sink = sink(204);
        int port = sink.address().getPort();
        sink.close();

        int code = run("send", "--url", "http://127.0.0.1:" + port + "/", "--for", "200ms");

        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).contains("no connection: ");
    }

    @Test
    void another_machine_is_refused() {
        int code = run("send", "--url", "https://192.0.2.1/api/v1/receive");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("192.0.2.1 is not this machine", "--allow-remote");
    }

    @Test
    void another_scheme_is_refused() {
        int code = run("send", "--url", "ftp://127.0.0.1/");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("--url must look like");
    }

    @Test
    void a_user_without_a_password_is_refused() {
        int code = run("send", "--url", "http://127.0.0.1:1/", "--user", "a");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("--user and --password-file go together.");
    }

    @Test
    void a_ca_file_without_certificates_is_refused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "nothing");

        int code = run("send", "--url", "https://127.0.0.1:1/", "--ca-file", file.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("is not a readable PEM certificate");
    }

    @Test
    void a_sink_says_where_it_is_and_ends_by_itself() {
        int code = run("sink", "--for", "50ms");

        assertThat(code).isZero();
        assertThat(out.toString()).containsPattern("Sink on http://127\\.0\\.0\\.1:\\d+\\R0 requests, 0 body bytes");
    }

    @Test
    void a_port_in_use_is_a_sentence() throws Exception {
        try (Sink sink = sink(204)) {
            int code = run("sink", "--address", "127.0.0.1:" + sink.address().getPort());

            assertThat(code).isEqualTo(1);
            assertThat(err.toString()).contains("Cannot listen on 127.0.0.1:");
        }
    }

    private static Sink sink(int status) throws Exception {
        return new Sink(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, status, Duration.ZERO);
    }

    private JsonNode send(Sink sink, String... options) throws Exception {
        List<String> args = new ArrayList<>(List.of(
                "send", "--json", "--url", "http://127.0.0.1:" + sink.address().getPort() + "/api/v1/receive"));
        args.addAll(Arrays.asList(options));
        assertThat(run(args.toArray(String[]::new))).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private int run(String... args) {
        List<String> line = new ArrayList<>(List.of("bench"));
        line.addAll(Arrays.asList(args));
        return io.ringgate.cli.Main.run(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
    }

    private static org.assertj.core.data.Offset<Double> within1() {
        return org.assertj.core.api.Assertions.within(1.0);
    }
}
