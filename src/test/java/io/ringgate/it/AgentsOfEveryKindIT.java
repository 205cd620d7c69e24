package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.ClientAuthority;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.FakeIssuer;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.SenderCounts;
import io.ringgate.testing.SigningKey;
import io.ringgate.testing.StoredSamples;
import io.ringgate.testing.TestGateway;
import io.ringgate.testing.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real agents write side by side, each by a credential of its own kind, and are withdrawn one after the other. */
@Tag("prometheus")
class AgentsOfEveryKindIT {

    private static final String TOKENS = "/realm/token";
    private static final SigningKey KEY = SigningKey.ec("one", "P-256");

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    private FakeIssuer issuer;
    private ClientAuthority authority;

    @Test
    void each_writes_as_its_own_edge_until_its_credential_is_withdrawn_while_the_others_go_on() throws Exception {
        issuer = rig.with(FakeIssuer.start()).publish(KEY);
        issuer.page(
                TOKENS,
                FakeIssuer.Page.json("{\"access_token\": \"" + token("oslo")
                        + "\", \"token_type\": \"Bearer\", \"expires_in\": 3600}"));
        authority = new ClientAuthority(Files.createDirectories(rig.folder().resolve("clients")));
        authority.client("tokyo").names("DNS:tokyo.example").issue();
        PrometheusProcess receiver = rig.receiver("receiver");
        TestGateway gateway = rig.start(rig.gatewayFor(receiver)
                .listener("{address: '127.0.0.1:0', tls: {certificates: [" + TestGateway.certificate()
                        + "], client_auth: request, client_ca_file: " + authority.ca() + "}}")
                .tokens("issuers: [{name: idp, issuer: \"" + issuer.issuer() + "\", audiences: [ringgate], jwks_url: \""
                        + issuer.url(FakeIssuer.KEYS) + "\", unsafe_plaintext: true}]\n")
                .edge("berlin", "team-a")
                // A password file without any user is taken for a truncated one.
                .hash("somebody", Md5Crypt.apr1Crypt("else"))
                .entry("{name: paris, tenant: team-b, credentials: [{jwt: {issuer: idp, claims: {azp: paris}}}]}")
                .entry("{name: oslo, tenant: team-c, credentials: [{jwt: {issuer: idp, claims: {azp: oslo}}}]}")
                .entry("{name: tokyo, tenant: team-d, credentials: [{certificate: {dns: tokyo.example}}]}"));
        Map<String, PrometheusProcess> agents = agents(gateway, receiver);

        assertThat(new StoredSamples(receiver).series("up", 4))
                .extracting(labels -> labels.get("cluster") + " " + labels.get("tenant"))
                .containsExactlyInAnyOrder("berlin team-a", "paris team-b", "oslo team-c", "tokyo team-d");

        withdraw("berlin", "htpasswd", file -> file.replaceAll("(?m)^berlin:.*\n", ""), gateway, agents);
        withdraw("paris", "edges.yaml", file -> file.replace("azp: paris", "azp: nobody"), gateway, agents);
        withdraw("oslo", "edges.yaml", file -> file.replaceAll("(?m)^.*name: oslo.*\n", ""), gateway, agents);
        withdraw("tokyo", "edges.yaml", file -> file.replace("tokyo.example", "kyoto.example"), gateway, agents);
    }

    private String token(String edge) {
        return Token.by(KEY, "ES256", issuer.issuer(), "ringgate", System.currentTimeMillis())
                .claim("azp", Token.text(edge))
                .signed();
    }

    // Not the gateway's page: its series differ by the label tenant, of which the stamp makes one.
    private Map<String, PrometheusProcess> agents(TestGateway gateway, PrometheusProcess scraped) throws Exception {
        Path bearer = Files.writeString(rig.folder().resolve("token"), token("paris"));
        Map<String, String> security = new LinkedHashMap<>();
        security.put("berlin", """
                    basic_auth: {username: berlin, password_file: %s}
                    tls_config: {ca_file: %s}
                """.formatted(rig.passwordFile(TestGateway.PASSWORD), gateway.ca()));
        security.put("paris", """
                    authorization: {credentials_file: %s}
                    tls_config: {ca_file: %s}
                """.formatted(bearer, gateway.ca()));
        security.put("oslo", """
                    oauth2: {client_id: oslo, client_secret: any, token_url: "%s"}
                    tls_config: {ca_file: %s}
                """.formatted(issuer.url(TOKENS), gateway.ca()));
        security.put("tokyo", """
                    tls_config: {ca_file: %s, cert_file: %s, key_file: %s}
                """.formatted(gateway.ca(), authority.certificate("tokyo"), authority.key("tokyo")));
        String url = "https://127.0.0.1:" + gateway.gateway().ports().get(2) + "/api/v1/receive";
        Map<String, PrometheusProcess> agents = new LinkedHashMap<>();
        for (Map.Entry<String, String> one : security.entrySet()) {
            AgentConfig config = new AgentConfig()
                    .withoutOwnPage()
                    .scrape("server", scraped.port())
                    .remote(url, one.getValue());
            agents.put(one.getKey(), rig.agent(one.getKey(), config));
        }
        return agents;
    }

    /** Takes one agent out of the map, too: those that stay in it have to go on without a loss. */
    private static void withdraw(
            String edge,
            String file,
            UnaryOperator<String> change,
            TestGateway gateway,
            Map<String, PrometheusProcess> agents)
            throws Exception {
        PrometheusProcess withdrawn = agents.remove(edge);
        SenderCounts.lostNothing(withdrawn);
        gateway.edit(file, change);
        assertThat(gateway.reload()).startsWith("identities: applied");

        Eventually.see(
                edge + " is refused", () -> SenderCounts.of(withdrawn, "samples_failed_total"), failed -> failed > 0);
        for (Map.Entry<String, PrometheusProcess> other : agents.entrySet()) {
            double before = SenderCounts.of(other.getValue(), "samples_total");
            Eventually.see(
                    other.getKey() + " goes on",
                    () -> SenderCounts.of(other.getValue(), "samples_total"),
                    sent -> sent > before);
            SenderCounts.lostNothing(other.getValue());
        }
    }
}
