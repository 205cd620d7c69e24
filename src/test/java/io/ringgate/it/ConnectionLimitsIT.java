package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many connections there may be, and how long one lives. */
class ConnectionLimitsIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    @TempDir
    private Path folder;

    private final List<RawClient> clients = new ArrayList<>();
    private StandInReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = StandInReceiver.start();
    }

    @AfterEach
    void stop() throws IOException {
        receiver.close();
    }

    private TestGateway gateway(String connections) throws Exception {
        return TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .edge("seoul", "team-a")
                .settings("connections: {" + connections + "}")
                .start();
    }

    private RawClient connect(TestGateway gateway) throws IOException {
        RawClient client = RawClient.plain(gateway.plainPort());
        clients.add(client);
        return client;
    }

    private void closeAll() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    private static boolean isClosedUnheard(RawClient client) {
        try {
            return client.rest().isEmpty();
        } catch (IOException reset) {
            return true;
        }
    }

    private static double refused(TestGateway gateway, String reason) {
        return new ScrapedPage(gateway.gateway().metricsPage())
                .sum("ringgate_connections_refused_total", "reason=\"" + reason + "\"");
    }

    private static int write(RawClient client, String user) throws IOException {
        return client.send(Request.write(user, UP)).answer().status();
    }

    @Test
    void a_source_may_have_so_many_until_it_proves_who_it_is() throws Exception {
        try (TestGateway gateway = gateway("max_per_source: 3")) {
            RawClient first = connect(gateway);
            Await.until("the first is in", () -> gateway.gateway().connections() == 1);
            RawClient second = connect(gateway);
            connect(gateway);
            Await.until("three are in", () -> gateway.gateway().connections() == 3);

            RawClient fourth = connect(gateway);
            assertThat(isClosedUnheard(first)).isTrue();
            assertThat(gateway.metric("ringgate_connections_evicted_total{reason=\"max_per_source\"}"))
                    .isEqualTo(1);

            assertThat(write(fourth, "berlin")).isEqualTo(204);
            assertThat(write(second, "berlin")).isEqualTo(204);
            assertThat(write(connect(gateway), "seoul")).isEqualTo(204);
            closeAll();
        }
    }

    @Test
    void all_together_may_have_so_many() throws Exception {
        try (TestGateway gateway = gateway("max: 3")) {
            for (int i = 0; i < 3; i++) {
                assertThat(write(connect(gateway), "berlin")).isEqualTo(204);
            }

            assertThat(isClosedUnheard(connect(gateway))).isTrue();
            assertThat(refused(gateway, "max")).isEqualTo(1);
            closeAll();
            Await.until("they are gone", () -> gateway.gateway().connections() == 0);
            assertThat(write(connect(gateway), "berlin")).isEqualTo(204);
            closeAll();
        }
    }

    @Test
    void an_edge_may_have_so_many_and_another_is_not_touched() throws Exception {
        try (TestGateway gateway = gateway("max_per_edge: 2")) {
            RawClient first = connect(gateway);
            assertThat(write(first, "berlin")).isEqualTo(204);
            assertThat(write(connect(gateway), "berlin")).isEqualTo(204);

            RawClient third = connect(gateway);
            RawAnswer answer = third.send(Request.write("berlin", UP)).answer();

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(third.rest()).isEmpty();
            assertThat(write(first, "berlin")).isEqualTo(204);
            assertThat(write(connect(gateway), "seoul")).isEqualTo(204);
            first.close();
            Await.until("there is room", () -> {
                try (RawClient again = RawClient.plain(gateway.plainPort())) {
                    return write(again, "berlin") == 204;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            closeAll();
        }
    }

    @Test
    void a_connection_that_is_old_ends_with_an_answer_and_nothing_is_lost() throws Exception {
        try (TestGateway gateway = gateway("retire_after: 500ms");
                RawClient client = RawClient.tls(gateway.tlsPort(), gateway.ca())) {
            List<RawAnswer> answers = new ArrayList<>();
            Await.until("an answer is the last", () -> {
                try {
                    answers.add(client.send(Request.write("berlin", UP)).answer());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return answers.getLast().header("Connection").equals("close");
            });

            assertThat(answers).extracting(RawAnswer::status).containsOnly(204);
            assertThat(client.rest()).isEmpty();
            assertThat(receiver.received()).hasSameSizeAs(answers);
        }
    }
}
