package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.ManyClients;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers want every connection, and edges have theirs all the same. */
class StrangersPlacesIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final int MAX = 200;

    @TempDir
    private Path folder;

    private StandInReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = StandInReceiver.start();
    }

    @AfterEach
    void stop() throws IOException {
        receiver.close();
    }

    private TestGateway gateway(String... settings) throws Exception {
        TestGateway.Setup setup =
                TestGateway.in(folder).receiverPorts(receiver.port()).edge("berlin", "team-a");
        for (String each : settings) {
            setup.settings(each);
        }
        return setup.start();
    }

    private static int write(RawClient client) throws IOException {
        return client.send(Request.write("berlin", UP)).answer().status();
    }

    private static RawClient from(TestGateway gateway, String address) throws IOException {
        return RawClient.plain(gateway.plainPort(), InetAddress.ofLiteral(address));
    }

    private static void gone(TestGateway gateway) {
        Await.until("all are gone", () -> gateway.gateway().connections() == 0);
    }

    @Test
    void an_edge_comes_in_however_many_strangers_are_there() throws Exception {
        try (TestGateway gateway = gateway("connections: {max: " + MAX + "}")) {
            try (ManyClients one = new ManyClients("127.0.0.2", gateway.tlsPort());
                    ManyClients other = new ManyClients("127.0.0.3", gateway.plainPort())) {
                one.join(MAX);
                other.join(2 * MAX)
                        .send("GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Await.until(
                        "strangers have what they may", () -> gateway.metric("ringgate_connections_unproven") >= 150);

                try (RawClient edge = from(gateway, "127.0.0.9")) {
                    assertThat(write(edge)).isEqualTo(204);
                    for (int i = 0; i < 40; i++) {
                        try (RawClient next = from(gateway, "127.0.0.9")) {
                            assertThat(write(next)).isEqualTo(204);
                        }
                    }
                    other.join(MAX);
                    assertThat(write(edge)).isEqualTo(204);
                }
                assertThat(gateway.metric("ringgate_connections_unproven")).isLessThanOrEqualTo(150);
                assertThat(gateway.metric("ringgate_connections_evicted_total{reason=\"max\"}"))
                        .isPositive();
            }
            gone(gateway);
        }
    }

    @Test
    void an_edge_behind_the_address_of_strangers_comes_in_too() throws Exception {
        try (TestGateway gateway = gateway("connections: {max_per_source: 20}")) {
            try (ManyClients crowd = new ManyClients("127.0.0.2", gateway.tlsPort())) {
                crowd.join(60);
                Await.until("the oldest are gone", () -> crowd.open() == 20);

                try (RawClient edge = from(gateway, "127.0.0.2")) {
                    assertThat(write(edge)).isEqualTo(204);
                    crowd.join(40);
                    assertThat(write(edge)).isEqualTo(204);
                }
                Await.until("the oldest are gone", () -> crowd.open() <= 20);
            }
            gone(gateway);
        }
    }

    @Test
    void who_does_not_authenticate_goes_after_seconds_whatever_probes_it_sends() throws Exception {
        try (TestGateway gateway = gateway("timeouts: {authenticate: 700ms}");
                RawClient edge = from(gateway, "127.0.0.9")) {
            assertThat(write(edge)).isEqualTo(204);
            RawClient probing = from(gateway, "127.0.0.2");
            RawClient silent = from(gateway, "127.0.0.2");
            long begun = System.nanoTime();
            int answered = 0;
            try {
                while (probing.send("GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n")
                                .answer()
                                .status()
                        == 200) {
                    answered++;
                }
            } catch (IOException closed) {
                // That is what it is about.
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(400), Duration.ofSeconds(10));
            assertThat(answered).isPositive();
            assertThat(silent.rest()).isEmpty();
            assertThat(gateway.metric("ringgate_connections_evicted_total{reason=\"unauthenticated\"}"))
                    .isEqualTo(2);
            assertThat(write(edge)).isEqualTo(204);
            probing.close();
            silent.close();
        }
    }

    @Test
    void heads_that_come_in_two_pieces_are_served_while_others_send_large_ones_and_stop() throws Exception {
        byte[] large = ("GET / HTTP/1.1\r\nX: " + "x".repeat(17_000)).getBytes(StandardCharsets.US_ASCII);
        try (TestGateway gateway = gateway()) {
            byte[] usual = "GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII);
            try (ManyClients crowd = new ManyClients("127.0.0.2", gateway.plainPort());
                    ManyClients rest = new ManyClients("127.0.0.3", gateway.plainPort())) {
                crowd.join(600).send(large);
                Await.until("their heads are read", () -> gateway.gateway().unfinishedBytes() >= 600 * 17_000);
                rest.join(300).send(usual);
                for (String address : new String[] {"127.0.0.9", "127.0.0.2"}) {
                    try (RawClient honest = from(gateway, address)) {
                        honest.send("GET /-/ready HTTP/1.1\r\nHo");
                        crowd.join(20).send(large);
                        assertThat(honest.send("st: a\r\n\r\n").answer().status())
                                .isEqualTo(200);
                    }
                }
            }
            gone(gateway);
        }
    }

    @Test
    void a_stranger_begins_so_many_handshakes_and_an_edges_source_as_many_as_it_likes() throws Exception {
        try (TestGateway gateway = gateway()) {
            byte[] hello = ClientHellos.complete();
            try (ManyClients crowd = new ManyClients("127.0.0.2", gateway.tlsPort())) {
                for (int i = 0; i < 8; i++) {
                    crowd.join(100).send(hello);
                    int sent = (i + 1) * 100;
                    Await.until(
                            "all were judged",
                            () -> gateway.metric("ringgate_tls_handshakes_total")
                                            + gateway.metric(
                                                    "ringgate_connections_refused_total{reason=\"handshake_rate\"}")
                                    >= sent);
                }

                assertThat(gateway.metric("ringgate_connections_refused_total{reason=\"handshake_rate\"}"))
                        .isBetween(50.0, 300.0);
            }
            try (RawClient edge = RawClient.tls(gateway.tlsPort(), gateway.ca())) {
                assertThat(write(edge)).isEqualTo(204);
                double refused = gateway.metric("ringgate_connections_refused_total");
                for (int i = 0; i < 7; i++) {
                    try (ManyClients agents = new ManyClients("127.0.0.1", gateway.tlsPort())) {
                        double before = gateway.metric("ringgate_tls_handshakes_total");
                        agents.join(100).send(hello);
                        Await.until(
                                "all have begun",
                                () -> gateway.metric("ringgate_tls_handshakes_total") >= before + 100);
                    }
                }
                assertThat(gateway.metric("ringgate_connections_refused_total")).isEqualTo(refused);
            }
            gone(gateway);
        }
    }
}
