package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.FakeIssuer;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.SigningKey;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody gets tokens with any claim {@code org}, and the tenant team-c has a configured edge. */
class ConfiguredTenantIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final SigningKey KEY = SigningKey.rsa("first", 2048);

    private StandInReceiver receiver;
    private FakeIssuer issuer;
    private TestGateway gateway;
    private RawClient client;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        issuer = FakeIssuer.start().publish(KEY);
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("oslo", "team-c")
                .tokens("""
                        issuers:
                          - name: idp
                            issuer: %s
                            audiences: [ringgate]
                            jwks_url: %s
                            unsafe_plaintext: true
                            edge_template: {edge: "{claim:azp}", tenant: "{claim:org}", allow: "[a-z-]+"}
                        """.formatted(issuer.issuer(), issuer.url(FakeIssuer.KEYS)))
                .start();
        client = RawClient.plain(gateway.plainPort());
        Await.until("the keys are there", () -> writeTo("france", "paris") == 204);
        receiver.reset();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
        issuer.close();
        receiver.close();
    }

    /** The status of a write over the one connection. */
    private int writeTo(String tenant, String edge) {
        String token = Token.by(KEY, "RS256", issuer.issuer(), "ringgate", System.currentTimeMillis())
                .claim("azp", Token.text(edge))
                .claim("org", Token.text(tenant))
                .signed();
        try {
            return client.send(Request.write("nobody", UP).header("Authorization", "Bearer " + token))
                    .answer()
                    .status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int writeTo(String tenant) {
        return writeTo(tenant, "rome");
    }

    private void edit(String from, String to) throws IOException {
        gateway.edit("edges.yaml", yaml -> yaml.replace(from, to));
        assertThat(gateway.reload()).contains("identities: applied");
    }

    @Test
    void a_template_leads_to_no_tenant_of_a_configured_edge() {
        assertThat(writeTo("team-c")).isEqualTo(401);
        assertThat(receiver.received()).isEmpty();

        assertThat(writeTo("italy")).isEqualTo(204);
    }

    @Test
    void one_that_is_configured_later_is_closed_to_it_at_once_and_the_other_opens() throws IOException {
        assertThat(writeTo("italy")).isEqualTo(204);

        edit("tenant: team-c", "tenant: italy");

        assertThat(writeTo("italy")).isEqualTo(401);
        assertThat(writeTo("team-c")).isEqualTo(204);
    }

    @Test
    void it_does_while_it_says_so() throws IOException {
        edit("[a-z-]+\"", "[a-z-]+\", configured_tenants: allow");
        assertThat(writeTo("team-c")).isEqualTo(204);

        edit("configured_tenants: allow", "configured_tenants: refuse");
        assertThat(writeTo("team-c")).isEqualTo(401);
    }
}
