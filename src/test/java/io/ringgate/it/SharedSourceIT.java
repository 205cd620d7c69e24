package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two edges that are bound to networks, from one address and from two. */
class SharedSourceIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final String GAUGE = "ringgate_source_shared_by_edges";

    private StandInReceiver receiver;
    private TestGateway gateway;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a", "    allowed_sources: [127.0.0.2]")
                .edge("seoul", "team-a")
                .start();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        receiver.close();
    }

    private int write(String user, String from) throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort(), InetAddress.ofLiteral(from))) {
            return client.send(Request.write(user, UP)).answer().status();
        }
    }

    private String status() throws IOException {
        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            return client.send(Request.of("GET", "/status")).answer().body();
        }
    }

    @Test
    void from_two_addresses_nothing_is_odd() throws IOException {
        assertThat(write("berlin", "127.0.0.2")).isEqualTo(204);
        assertThat(write("seoul", "127.0.0.3")).isEqualTo(204);

        assertThat(gateway.metric(GAUGE)).isZero();
        assertThat(status()).contains("\"shared_sources\" : [ ]");
    }

    @Test
    void from_one_address_the_operator_is_warned() throws IOException {
        assertThat(write("berlin", "127.0.0.3")).isEqualTo(403);
        assertThat(write("seoul", "127.0.0.3")).isEqualTo(204);

        assertThat(gateway.metric(GAUGE)).isEqualTo(1);
        assertThat(status())
                .contains(
                        "\"address\" : \"127.0.0.3\"",
                        "\"edges\" : [ \"berlin\", \"seoul\" ]",
                        "externalTrafficPolicy");
    }

    @Test
    void when_the_rules_go_the_warning_goes() throws IOException {
        write("berlin", "127.0.0.3");
        write("seoul", "127.0.0.3");
        gateway.edit("edges.yaml", text -> text.replace("    allowed_sources: [127.0.0.2]", ""));
        gateway.reload();

        assertThat(gateway.metric(GAUGE)).isZero();
    }
}
