package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.SharedGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a well-behaved client and the gateway talk: one request after another, asking first, media types, health pages. */
class ConversationIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    @RegisterExtension
    static final SharedGateway DOOR = SharedGateway.with(setup -> setup.edge("tokyo", "team-b"));

    @Test
    void several_writes_at_once_are_answered_in_the_order_they_came() throws IOException {
        try (RawClient client = RawClient.plain(DOOR.gateway().plainPort())) {
            client.send(Request.write("tokyo", UP))
                    .send(Request.of("GET", "/-/ready"))
                    .send(Request.write("tokyo", new byte[0]))
                    .send(Request.of("GET", Request.PATH).user("tokyo"))
                    .send(Request.write("tokyo", UP));

            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                statuses.add(client.answer().status());
            }
            assertThat(statuses).containsExactly(204, 200, 400, 405, 204);
        }
    }

    @Test
    void one_connection_carries_many_writes() throws IOException {
        try (RawClient client =
                RawClient.tls(DOOR.gateway().tlsPort(), DOOR.gateway().ca())) {
            for (int i = 0; i < 50; i++) {
                RawAnswer answer = client.send(Request.write("tokyo", UP)).answer();
                assertThat(answer.status()).isEqualTo(204);
                assertThat(answer.has("Connection")).isFalse();
            }
        }
        assertThat(DOOR.receiver().received()).hasSize(50);
    }

    @Test
    void a_client_that_wants_the_connection_to_end_gets_its_answer_and_the_end() throws IOException {
        try (RawClient client =
                RawClient.tls(DOOR.gateway().tlsPort(), DOOR.gateway().ca())) {
            RawAnswer answer = client.send(Request.write("tokyo", UP).header("Connection", "close"))
                    .answer();

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void a_client_that_waits_for_100_gets_it_once_it_is_admitted() throws IOException {
        try (RawClient client =
                RawClient.tls(DOOR.gateway().tlsPort(), DOOR.gateway().ca())) {
            client.send(
                    Request.write("tokyo", UP).header("Expect", "100-continue").head());
            assertThat(client.answer().status()).isEqualTo(100);

            assertThat(client.send(UP).answer().status()).isEqualTo(204);
        }
    }

    @Test
    void and_the_final_status_alone_when_it_is_not() throws IOException {
        try (RawClient client =
                RawClient.tls(DOOR.gateway().tlsPort(), DOOR.gateway().ca())) {
            client.send(Request.write("tokyo", UP)
                    .credential("tokyo", "wrong")
                    .header("Expect", "100-continue")
                    .head());

            assertThat(client.answer().status()).isEqualTo(401);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void remote_write_2_is_415_by_its_media_type() throws IOException {
        Request request = Request.write("tokyo", UP)
                .header("Content-Type", "application/x-protobuf;proto=io.prometheus.write.v2.Request");

        RawAnswer answer = DOOR.ask(request);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body()).contains("prometheus.WriteRequest");
    }

    @Test
    void and_by_its_message_under_the_media_type_of_1() throws IOException {
        byte[] packed = new Proto()
                .string(4, "")
                .string(4, "up")
                .message(5, new Proto())
                .packed();

        assertThat(DOOR.ask(Request.write("tokyo", packed)).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-protobuf, 204",
        "Application/X-Protobuf, 204",
        "application/x-protobuf;proto=prometheus.WriteRequest, 204",
        "application/x-protobuf; proto=\"prometheus.WriteRequest\", 204",
        "application/x-protobuf; charset=utf-8, 204",
        "application/json, 415",
        "application/x-protobufs, 415"
    })
    void media_types_are_read_by_their_parts(String type, int status) throws IOException {
        assertThat(DOOR.ask(Request.write("tokyo", UP).header("Content-Type", type))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /-/healthy, 200",
        "HEAD, /-/healthy, 200",
        "GET, /-/ready, 200",
        "HEAD, /-/ready, 200",
        "POST, /-/ready, 404",
        "GET, /-/reload, 404",
        "GET, /metrics, 404",
        "GET, /, 404",
        "GET, /api/v1/receive/, 404"
    })
    void health_answers_without_a_credential_under_any_host(String method, String path, int status) throws IOException {
        try (RawClient client =
                RawClient.tls(DOOR.gateway().tlsPort(), DOOR.gateway().ca())) {
            client.send(Request.of(method, path).header("Host", "10.42.0.17:19291"));

            RawAnswer answer = method.equals("HEAD") ? client.answerToHead() : client.answer();
            assertThat(answer.status()).isEqualTo(status);
            if (status == 200) {
                assertThat(answer.body()).isEqualTo(method.equals("HEAD") ? "" : "OK\n");
            }
        }
    }
}
