package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/** Ten thousand senders have logged in: a change of rings, of a certificate or of a cap does not make one of them do it again. */
class CachedLoginsIT {

    private static final int USERS = 10_000;

    @Test
    void survive_what_does_not_concern_them(@TempDir Path folder) throws Exception {
        TestCertificates certificates = new TestCertificates(Files.createDirectory(folder.resolve("tls")))
                .issue("server", "DNS:localhost", "IP:127.0.0.1")
                .issue("next", "DNS:localhost", "IP:127.0.0.1");
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = TestGateway.in(folder)
                        .certificates(certificates)
                        .hashrings(ring("one"), receiver.port())
                        .settings("body: {max_packed: 1MiB}")
                        .edge("berlin", "team-a")
                        .limits("team-a", "max_connections: 100")
                        .start()) {
            addUsers(gateway);
            everybodyWrites(gateway);
            assertThat(hashed(gateway)).isEqualTo(USERS);

            Files.copy(
                    certificates.certificate("next"),
                    certificates.certificate("server"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.copy(certificates.key("next"), certificates.key("server"), StandardCopyOption.REPLACE_EXISTING);
            gateway.edit("ringgate.yaml", text -> text.replace("max_packed: 1MiB", "max_packed: 2MiB"));
            gateway.edit("limits/team-a.yaml", text -> "max_connections: 200\n");
            gateway.use(ring("two"));
            assertThat(applied(gateway, "limits/team-a.yaml")).isEqualTo(1);
            assertThat(applied(gateway, "rings")).isEqualTo(1);
            assertThat(applied(gateway, "gateway")).isEqualTo(1);
            assertThat(applied(gateway, "certificate " + certificates.certificate("server")))
                    .isEqualTo(1);
            everybodyWrites(gateway);

            assertThat(hashed(gateway)).isEqualTo(USERS);
            assertThat(gateway.metric("ringgate_auth_cache_hits_total")).isEqualTo(USERS);
        }
    }

    private static String ring(String name) {
        return "[{\"hashring\": \"" + name + "\", \"endpoints\": [\"127.0.0.1:10901\"]}]";
    }

    private static void addUsers(TestGateway gateway) throws Exception {
        String hash = "{SHA}"
                + Base64.getEncoder()
                        .encodeToString(DigestUtils.sha1(TestGateway.PASSWORD.getBytes(StandardCharsets.UTF_8)));
        StringBuilder users = new StringBuilder();
        StringBuilder credentials = new StringBuilder("credentials:\n");
        for (int i = 0; i < USERS; i++) {
            users.append("agent-").append(i).append(':').append(hash).append('\n');
            credentials.append("      - basic: {user: agent-").append(i).append("}\n");
        }
        gateway.edit("htpasswd", text -> text + users);
        gateway.edit("edges.yaml", text -> text.replace("credentials:\n", credentials));
        assertThat(gateway.reload()).doesNotContain("refused");
    }

    /** Each sends a message without series, which is answered at once. */
    private static void everybodyWrites(TestGateway gateway) throws Exception {
        byte[] empty = Snappy.compress(new byte[0]);
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            for (int i = 0; i < USERS; i++) {
                assertThat(client.send(Request.write("agent-" + i, empty))
                                .answer()
                                .status())
                        .isEqualTo(204);
            }
        }
    }

    private static double hashed(TestGateway gateway) {
        return gateway.metric("ringgate_auth_hashes_total{outcome=\"proven\"}");
    }

    private static double applied(TestGateway gateway, String unit) {
        return gateway.metric("ringgate_config_reloads_total{outcome=\"applied\",unit=\"" + unit + "\"}");
    }
}
