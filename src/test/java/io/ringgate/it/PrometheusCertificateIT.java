package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.ClientAuthority;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.SenderCounts;
import io.ringgate.testing.StoredSamples;
import io.ringgate.testing.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real agents with {@code cert_file} and {@code key_file}, until their certificate is revoked. */
@Tag("prometheus")
class PrometheusCertificateIT {

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @Test
    void an_agent_writes_by_its_certificate_until_it_is_revoked_and_others_go_on() throws Exception {
        Path folder = Files.createDirectories(rig.folder().resolve("clients"));
        ClientAuthority authority = new ClientAuthority(folder);
        authority
                .client("berlin")
                .names("URI:spiffe://example/berlin")
                .with("extendedKeyUsage=clientAuth")
                .issue();
        authority.client("paris").issue();
        Path list = authority.list("list.crl");
        PrometheusProcess receiver = rig.receiver("receiver");
        TestGateway gateway = rig.start(rig.gatewayFor(receiver)
                .listener("{address: '127.0.0.1:0', tls: {certificates: [" + TestGateway.certificate()
                        + "], client_auth: require, client_ca_file: " + authority.ca() + ", crl_file: " + list + "}}")
                .entry("{name: berlin, tenant: team-a, credentials: [{certificate: {uri: 'spiffe://example/berlin'}}]}")
                .entry("{name: paris, tenant: team-b, credentials: [{certificate: {subject_cn: paris}}]}"));
        PrometheusProcess berlin = rig.agent("berlin", by(authority, "berlin", gateway));
        PrometheusProcess paris = rig.agent("paris", by(authority, "paris", gateway));
        StoredSamples stored = new StoredSamples(receiver);
        assertThat(stored.series("up", 2))
                .extracting(labels -> labels.get("cluster"))
                .containsExactlyInAnyOrder("berlin", "paris");
        SenderCounts.lostNothing(berlin);

        authority.revoke("berlin").list("list.crl");
        gateway.reload();

        String series = "ringgate_tls_handshake_failures_total{reason=\"client_certificate_revoked\"}";
        Eventually.see("berlin comes back and fails", () -> gateway.metric(series), n -> n > 0);
        assertThat(new ScrapedPage(gateway.gateway().metricsPage())
                        .sum("ringgate_refused_writes_total", "reason=\"wrong_credential\""))
                .as("what came on its open connections")
                .isPositive();
        double before = SenderCounts.of(paris, "samples_total");
        Eventually.see("paris goes on", () -> SenderCounts.of(paris, "samples_total"), n -> n > before);
        SenderCounts.lostNothing(paris);
    }

    private static AgentConfig by(ClientAuthority authority, String name, TestGateway gateway) {
        String url = "https://127.0.0.1:" + gateway.gateway().ports().get(2) + "/api/v1/write";
        return new AgentConfig()
                .remote(url, """
                    tls_config: {ca_file: %s, cert_file: %s, key_file: %s}
                """.formatted(gateway.ca(), authority.certificate(name), authority.key(name)));
    }
}
