package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.SharedGateway;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the access log says about requests, and that its request id is the one everywhere. */
class AccessLogIT {

    private static final byte[] UP =
            Proto.write(Proto.gauge("__name__", "up", "job", "node")).packed();

    /** One good series and one whose label name comes twice. */
    private static final byte[] HALF = Proto.write(
                    Proto.gauge("__name__", "up"), Proto.gauge("__name__", "up", "job", "a", "job", "b"))
            .packed();

    @RegisterExtension
    static final SharedGateway DOOR = SharedGateway.with(setup -> setup.edge("berlin", "team-a"));

    private static Map<String, String> logged(RawAnswer answer) {
        return DOOR.gateway().logged("request_id=" + answer.header("X-Request-Id"));
    }

    @Test
    void a_stored_write_is_a_line_under_the_id_that_the_receiver_got() throws IOException {
        DOOR.ask(Request.write("berlin", UP));

        Map<String, String> line =
                DOOR.gateway().logged("request_id=" + DOOR.receiver().onlyOne().header("X-Request-Id"));
        assertThat(line)
                .containsEntry("edge", "berlin")
                .containsEntry("tenant", "team-a")
                .containsEntry("source", "127.0.0.1")
                .containsEntry("listener", "127.0.0.1:" + DOOR.gateway().tlsPort())
                .containsEntry("method", "POST")
                .containsEntry("path", "/api/v1/receive")
                .containsEntry("status", "204")
                .containsEntry("reason", "")
                .containsEntry("bytes", Integer.toString(UP.length))
                .containsEntry("series", "1")
                .containsEntry("samples", "1")
                .containsEntry("refused_series", "0")
                .containsEntry("receiver", "127.0.0.1:" + DOOR.receiver().port());
        assertThat(line.get("time")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(line.get("duration_ms")).matches("\\d+(\\.\\d{1,3})?");
    }

    @Test
    void what_a_receiver_fails_has_one_id_for_sender_receiver_log_and_status() throws IOException {
        DOOR.receiver().reply(Reply.status(500, "no disk"));

        RawAnswer answer = DOOR.ask(Request.write("berlin", UP));

        String id = answer.header("X-Request-Id");
        assertThat(answer.body()).endsWith("(request " + id + ")\n");
        assertThat(DOOR.receiver().received())
                .isNotEmpty()
                .allMatch(w -> w.header("X-Request-Id").equals(id));
        assertThat(logged(answer))
                .containsEntry("status", "503")
                .containsEntry("reason", "receiver_failed")
                .containsEntry("edge", "berlin")
                .containsEntry("receiver", "127.0.0.1:" + DOOR.receiver().port());
        assertThat(answer.body())
                .matches(logged(answer).get("message") + ", retry in [0-9]+ s \\(request " + id + "\\)\n");
        assertThat(status()).contains("\"request_id\" : \"" + id + "\"");
    }

    @Test
    void a_partly_refused_write_says_how_many_series_were_left_out() throws IOException {
        RawAnswer answer = DOOR.ask(Request.write("berlin", HALF));

        assertThat(logged(answer))
                .containsEntry("status", "400")
                .containsEntry("reason", "series_refused")
                .containsEntry("series", "2")
                .containsEntry("refused_series", "1")
                .containsEntry("samples", "1");
    }

    @Test
    void who_is_not_proven_is_nobody_in_the_log() throws IOException {
        RawAnswer answer = DOOR.ask(Request.write("berlin", UP).credential("berlin", "wrong"));

        assertThat(logged(answer))
                .containsEntry("status", "401")
                .containsEntry("reason", "wrong_credential")
                .containsEntry("edge", "")
                .containsEntry("bytes", "0")
                .containsEntry("series", "");
    }

    @Test
    void a_path_cannot_forge_a_key() throws IOException {
        RawAnswer answer = DOOR.ask(Request.of("GET", "/x\",\"edge\":\"tokyo\",\"y\":\"" + "z".repeat(500)));

        Map<String, String> line = logged(answer);
        assertThat(line).containsEntry("edge", "").containsEntry("reason", "wrong_path");
        assertThat(line.get("path")).startsWith("/x\\\",\\\"edge").hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void what_is_no_request_is_a_line_too() throws IOException {
        try (RawClient client = RawClient.plain(DOOR.gateway().plainPort())) {
            RawAnswer answer =
                    client.send("POST / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").answer();

            assertThat(logged(answer))
                    .containsEntry("status", "400")
                    .containsEntry("reason", "bad_framing")
                    .containsEntry("method", "")
                    .containsEntry("path", "")
                    .containsEntry("source", "127.0.0.1");
        }
    }

    /** In the middle of its body, where either platform notices at once: the body is being read. */
    @Test
    void a_client_that_goes_without_an_answer_is_told_by_499() throws IOException {
        Request write = Request.write("berlin", UP);
        try (RawClient client = RawClient.plain(DOOR.gateway().plainPort())) {
            client.send(write.head()).send(Arrays.copyOf(UP, 8));
            Await.until("the write is admitted", () -> DOOR.gateway().gateway().writesInFlight() == 1);
        }

        assertThat(DOOR.gateway().logged("reason=client_gone"))
                .containsEntry("status", "499")
                .containsEntry("edge", "berlin")
                .containsEntry("message", "")
                .containsEntry("receiver", "");
    }

    @Test
    void health_pages_are_not_in_it() throws IOException {
        DOOR.ask(Request.of("GET", "/-/ready"));
        RawAnswer after = DOOR.ask(Request.of("GET", "/nothing"));

        logged(after);
        assertThat(DOOR.gateway().accessLog())
                .extracting(line -> line.get("path"))
                .doesNotContain("/-/ready");
    }

    @Test
    void of_stored_writes_a_sample_is_told_and_every_slow_one(@TempDir Path folder) throws Exception {
        Path fast = Files.createDirectory(folder.resolve("fast"));
        Path slow = Files.createDirectory(folder.resolve("slow"));
        try (TestGateway third = started(fast, "file: access.jsonl, sample: 3, slow: 10m");
                TestGateway always = started(slow, "file: access.jsonl, sample: 0, slow: 0s")) {
            write(third, 7);
            write(always, 2);

            Await.until("two of seven", () -> third.accessLog().size() == 2);
            Await.until("both of two", () -> always.accessLog().size() == 2);
        }
    }

    @Test
    void it_can_be_off(@TempDir Path folder) throws Exception {
        try (TestGateway off = started(folder, "file: off")) {
            write(off, 1);
            try (RawClient client = RawClient.plain(off.plainPort())) {
                client.send(Request.of("GET", "/nothing")).answer();
            }
        }
        assertThat(folder.resolve("access.jsonl")).doesNotExist();
    }

    private static TestGateway started(Path folder, String accessLog) throws Exception {
        return TestGateway.in(folder)
                .receiverPorts(DOOR.receiver().port())
                .edge("berlin", "team-a")
                .accessLog(accessLog)
                .start();
    }

    /** On one connection, so on one event loop. */
    private static void write(TestGateway to, int times) throws IOException {
        try (RawClient client = RawClient.plain(to.plainPort())) {
            for (int i = 0; i < times; i++) {
                assertThat(client.send(Request.write("berlin", UP)).answer().status())
                        .isEqualTo(204);
            }
        }
    }

    private static String status() throws IOException {
        try (RawClient client = RawClient.plain(DOOR.gateway().adminPort())) {
            return client.send(Request.of("GET", "/status")).answer().body();
        }
    }
}
