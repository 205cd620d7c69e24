package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.FreePort;
import io.ringgate.testing.GatewayProcess;
import io.ringgate.testing.ManyClients;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Strangers make the gateway hold memory, in the smallest container that it is made for (512 MiB, 64 of them direct): an edge
 * writes on meanwhile, the metrics page answers, and no event loop stands still.
 */
@Tag("launcher")
class StrangersMemoryIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final int CROWD = 900;
    private static final int WRITES = 60;

    /** Far above what a write takes on the busiest machine, and far below what it takes when loops wait for memory. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    /** Of the 64 MiB, strangers have a quarter, and the pool rounds up. */
    private static final double MOST_DIRECT = 40 << 20;

    private StandInReceiver receiver;
    private GatewayProcess gateway;
    private RawClient edge;
    private int severalCertificates;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        severalCertificates = FreePort.next();
        TestCertificates own = new TestCertificates(folder).issue("server", "DNS:localhost", "IP:127.0.0.1");
        own.issue("other", "DNS:other.example.com");
        gateway = GatewayProcess.start(
                folder,
                TestGateway.in(folder)
                        .certificates(own)
                        .receiverPorts(receiver.port())
                        .edge("berlin", "team-a")
                        .listener("{address: 127.0.0.1:" + severalCertificates + ", tls: {certificates: [{cert_file: "
                                + own.certificate("server") + ", key_file: " + own.key("server") + "}, {cert_file: "
                                + own.certificate("other") + ", key_file: " + own.key("other") + "}]}}"));
        edge = RawClient.tls(gateway.tlsPort(), own.ca());
        for (int i = 0; i < WRITES; i++) {
            edgeWrites();
        }
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
        gateway.close();
        receiver.close();
    }

    private Duration edgeWrites() throws Exception {
        long begun = System.nanoTime();
        assertThat(edge.send(Request.write("berlin", UP)).answer().status()).isEqualTo(204);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void nobodyWaits() throws Exception {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < WRITES; i++) {
            Duration taken = edgeWrites();
            longest = taken.compareTo(longest) > 0 ? taken : longest;
        }
        ScrapedPage page = gateway.metrics();
        assertThat(longest).isLessThan(BOUND);
        assertThat(page.sum("ringgate_event_loop_stall_seconds")).isLessThan(BOUND.toMillis() / 1000.0);
        assertThat(page.sum("ringgate_direct_memory_max_bytes")).isEqualTo(64 << 20);
        assertThat(page.sum("ringgate_direct_memory_bytes")).isBetween(1.0, MOST_DIRECT);
        assertThat(gateway.printed()).doesNotContain("OutOf", "ERROR");
    }

    @Test
    void answers_that_nobody_reads() throws Exception {
        byte[] asked = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n".repeat(600).getBytes(StandardCharsets.US_ASCII);
        try (ManyClients crowd = new ManyClients("127.0.0.2", gateway.plainPort())) {
            crowd.join(CROWD, 1024).send(asked).send(asked);

            nobodyWaits();
            crowd.send(asked);
            nobodyWaits();
        }
    }

    @Test
    void client_hellos_that_declare_much_and_do_not_come() throws Exception {
        byte[] begun = HexFormat.of().parseHex("16030100060100fde80303");
        for (int port : new int[] {severalCertificates, gateway.tlsPort()}) {
            try (ManyClients crowd = new ManyClients("127.0.0.2", port)) {
                crowd.join(CROWD).send(begun);

                nobodyWaits();
            }
        }
    }

    @Test
    void client_hellos_in_many_small_records() throws Exception {
        byte[] first = HexFormat.of().parseHex("160301000401003e80");
        byte[] more = HexFormat.of().parseHex("160301000100".repeat(300));
        try (ManyClients crowd = new ManyClients("127.0.0.2", severalCertificates)) {
            crowd.join(CROWD).send(first);
            for (int i = 0; i < 10; i++) {
                crowd.send(more);
            }

            nobodyWaits();
        }
    }

    @Test
    void records_that_come_but_for_their_last_bytes() throws Exception {
        byte[] record = new byte[16_000];
        System.arraycopy(HexFormat.of().parseHex("1603014000"), 0, record, 0, 5);
        try (ManyClients one = new ManyClients("127.0.0.2", gateway.tlsPort());
                ManyClients other = new ManyClients("127.0.0.3", gateway.tlsPort())) {
            one.join(CROWD).send(record);
            other.join(CROWD).send(record);

            nobodyWaits();
            assertThat(gateway.metrics().sum("ringgate_unfinished_bytes", "of=\"strangers\""))
                    .isLessThanOrEqualTo(16 << 20);
        }
    }

    @Test
    void heads_that_never_end() throws Exception {
        byte[] head = new byte[17_000];
        Arrays.fill(head, (byte) 'x');
        byte[] begun = "GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(begun, 0, head, 0, begun.length);
        try (ManyClients one = new ManyClients("127.0.0.2", gateway.plainPort());
                ManyClients other = new ManyClients("127.0.0.3", gateway.plainPort())) {
            one.join(CROWD).send(head);
            other.join(CROWD).send(head);

            nobodyWaits();
        }
    }
}
