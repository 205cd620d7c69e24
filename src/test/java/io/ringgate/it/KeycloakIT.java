package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.KeycloakAdmin;
import io.ringgate.testing.KeycloakProcess;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.SenderCounts;
import io.ringgate.testing.StoredSamples;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real agents get their tokens from a real Keycloak and write with them. */
@Tag("prometheus")
class KeycloakIT {

    private static final String TWO = "cluster-02-edge";
    private static final String THREE = "cluster-03-edge";

    private static KeycloakProcess keycloak;

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        keycloak = KeycloakProcess.start(folder);
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    /** One that asks Keycloak about each token. */
    private TestGateway asking(PrometheusProcess receiver) throws Exception {
        Files.writeString(rig.folder().resolve("secret"), KeycloakAdmin.SECRETS.get("ringgate") + "\n");
        return gateway(
                receiver,
                "introspection: {url: \"" + keycloak.introspectionUrl() + "\", client_id: ringgate,"
                        + " client_secret_file: secret, ca_file: " + TestGateway.authority() + ", cache: 3s,"
                        + " timeout: 10s, issuer: \"" + keycloak.issuer() + "\", audiences: [ringgate]}\n",
                "oauth2: {claims: {client_id: %s}}");
    }

    /** One that knows Keycloak's keys and asks nothing else. */
    private TestGateway verifying(PrometheusProcess receiver) throws Exception {
        return gateway(
                receiver,
                "issuers: [{name: keycloak, issuer: \"" + keycloak.issuer() + "\", audiences: [ringgate],"
                        + " discovery: true, ca_file: " + TestGateway.authority() + ", refresh: 1s}]\n",
                "jwt: {issuer: keycloak, claims: {azp: %s}}");
    }

    private TestGateway gateway(PrometheusProcess receiver, String tokens, String credential) throws Exception {
        TestGateway.Setup setup = rig.gatewayFor(receiver).tokens(tokens);
        for (String client : List.of(TWO, THREE)) {
            setup.entry("{name: " + client + ", tenant: acme, credentials: [{" + credential.formatted(client) + "}]}");
        }
        return rig.start(setup);
    }

    private PrometheusProcess agent(String client, TestGateway gateway) throws Exception {
        String ca = "tls_config: {ca_file: " + TestGateway.authority() + "}\n";
        return rig.agent(
                client,
                new AgentConfig()
                        .withoutOwnPage()
                        .scrape("gateway", gateway.adminPort())
                        .remote(
                                gateway.url("/api/v1/receive"),
                                "    oauth2:\n      client_id: " + client + "\n      client_secret_file: "
                                        + rig.passwordFile(Objects.requireNonNull(KeycloakAdmin.SECRETS.get(client)))
                                        + "\n      token_url: " + keycloak.tokenUrl() + "\n      " + ca + "    " + ca));
    }

    private static int probe(TestGateway gateway, String token) throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.of("GET", Request.PATH).header("Authorization", "Bearer " + token))
                    .answer()
                    .status();
        }
    }

    @Test
    void agents_write_as_their_edges_until_one_is_withdrawn() throws Exception {
        PrometheusProcess receiver = rig.receiver("receiver");
        TestGateway gateway = asking(receiver);
        PrometheusProcess two = agent(TWO, gateway);
        PrometheusProcess three = agent(THREE, gateway);

        assertThat(new StoredSamples(receiver).series("up", 2))
                .extracting(labels -> labels.get("cluster"))
                .containsExactlyInAnyOrder(TWO, THREE);
        SenderCounts.lostNothing(two);
        SenderCounts.repeatedNothing(two);

        String token = keycloak.admin().token(TWO);
        assertThat(probe(gateway, token)).isEqualTo(405);
        keycloak.admin().enable(TWO, false);
        try {
            Eventually.see("the token is refused", () -> probe(gateway, token), status -> status == 401);
            double before = SenderCounts.of(three, "samples_total");
            Eventually.see("the other goes on", () -> SenderCounts.of(three, "samples_total"), n -> n > before + 50);
            SenderCounts.lostNothing(three);
            SenderCounts.repeatedNothing(three);
        } finally {
            keycloak.admin().enable(TWO, true);
        }
    }

    @Test
    void keys_are_rotated_under_load_while_keycloak_is_asked() throws Exception {
        rotateUnderLoad(asking(rig.receiver("receiver")), () -> {});
    }

    @Test
    void keys_are_rotated_under_load_while_signatures_are_checked() throws Exception {
        TestGateway gateway = verifying(rig.receiver("receiver"));

        rotateUnderLoad(gateway, () -> {
            double before = fetches(gateway);
            Eventually.see("keys were fetched again", () -> fetches(gateway), now -> now > before + 1);
        });

        assertThat(gateway.metric("ringgate_auth_tokens_total{outcome=\"proven\"}"))
                .isPositive();
        assertThat(gateway.metric("ringgate_auth_tokens_total{outcome=\"no_key\"}"))
                .isZero();
    }

    private static double fetches(TestGateway gateway) {
        return gateway.metric("ringgate_jwks_refreshes_total{issuer=\"keycloak\",outcome=\"fetched\"}");
    }

    /**
     * As the operator of an identity provider does it: a new key is published, then it signs, then none of the old key's tokens
     * is left, then the old key goes.
     */
    private void rotateUnderLoad(TestGateway gateway, Runnable untilPublished) throws Exception {
        KeycloakAdmin admin = keycloak.admin();
        PrometheusProcess agent = agent(THREE, gateway);
        SenderCounts.sentSome(agent);
        try (TokenWriter one = TokenWriter.start("one", gateway, () -> admin.token(TWO));
                TokenWriter other = TokenWriter.start("other", gateway, () -> admin.token(TWO))) {
            Eventually.becomes("both write", () -> one.written() > 20 && other.written() > 20);
            String oldKey = admin.signingKey();
            String newKey = admin.addKey();
            untilPublished.run();
            String last = admin.token(TWO);
            admin.signBy(newKey);
            String fresh = KeycloakAdmin.keyOf(admin.token(TWO));
            assertThat(fresh).isNotEqualTo(KeycloakAdmin.keyOf(last));

            Eventually.becomes("the old key's tokens are over", () -> !admin.isActive(last));
            admin.dropKey(oldKey);
            int before = one.written();
            Eventually.becomes("both go on", () -> one.written() > before + 100);

            assertThat(KeycloakAdmin.keyOf(Objects.requireNonNull(one.token()))).isEqualTo(fresh);
            assertThat(one.failures()).isEmpty();
            assertThat(other.failures()).isEmpty();
        }
        SenderCounts.lostNothing(agent);
        SenderCounts.repeatedNothing(agent);
    }
}
