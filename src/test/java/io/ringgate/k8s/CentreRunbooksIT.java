package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.CountingAgent;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.MetricsPage;
import io.ringgate.testing.PrometheusApi;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** k8s/RUNBOOKS.md, while a real agent writes through the gateway to real receivers: no sample is lost. */
@Tag("k8s")
@Tag("thanos")
class CentreRunbooksIT {

    private static final String EDGE = "cluster-02-edge";
    private static final String APPLY =
            "kustomize build k8s/overlays/cluster-01-central | kubectl apply --server-side -f -";
    private static final String APPLY_AT_THE_EDGE =
            "kustomize build --enable-helm k8s/overlays/cluster-02-edge | kubectl --context cluster-02-edge apply --server-side -f -";
    private static final String PUT_USERS =
            "kubectl -n monitoring create secret generic thanos-receiver-auth --from-file=auth --dry-run=client -o yaml | kubectl apply --server-side -f -";

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    private Path checkout;
    private Centre centre;

    @BeforeEach
    void startTheCentre() throws Exception {
        checkout = Files.createDirectories(rig.folder().resolve("checkout"));
        copy(Path.of("k8s"), checkout.resolve("k8s"));
        Files.createSymbolicLink(checkout.resolve("bin"), Path.of("bin").toAbsolutePath());
        centre = rig.with(new Centre(rig.folder(), checkout));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    private CountingAgent agent() throws Exception {
        return CountingAgent.start(rig, EDGE, writePort(), login(EDGE, GatewaySecrets.PASSWORD));
    }

    /** As the edge's values have it: by address, under the certificate for the address. */
    private String login(String user, String password) throws IOException {
        return """
                    basic_auth: {username: %s, password_file: %s}
                    tls_config: {ca_file: %s, server_name: %s}
                """.formatted(user, rig.passwordFile(password), centre.ca(), centre.vip());
    }

    private int writePort() {
        return centre.gateway().ports().getFirst();
    }

    private Runbook runbook(String title) throws IOException {
        return Runbook.named(title)
                .at(centre.vip() + ":19291", "127.0.0.1:" + writePort())
                .at(
                        "ring show --hashrings-file k8s/base/receivers/hashrings.json",
                        "ring show --hashrings-file " + centre.rings());
    }

    private double hash() {
        return new MetricsPage(centre.gateway().metricsPage()).sum("ringgate_rings_hash");
    }

    private double hash(int receiver) throws Exception {
        return of(receiver, "thanos_receive_config_hash");
    }

    @Test
    void receivers_grow_from_three_to_five_and_shrink_again() throws Exception {
        PrometheusProcess prometheus = rig.server("prometheus", centre.scraping());
        String url = "http://127.0.0.1:" + prometheus.port();
        CountingAgent agent = agent();
        agent.isStoredBy(centre.query(3));
        centre.meanwhile(agent::scrapesOn);
        double three = hash();

        runbook("Grow the receivers from three to five")
                .playing(APPLY, centre::apply)
                .playing("kubectl -n monitoring rollout status statefulset/thanos-receiver", centre::areReady)
                .with("PROMETHEUS", url)
                .run(checkout);

        assertThat(hash()).isNotEqualTo(three);
        for (int receiver = 0; receiver < 5; receiver++) {
            assertThat(hash(receiver)).as("receiver %d", receiver).isEqualTo(hash());
        }
        agent.scrapesOn();
        agent.nothingIsMissing(centre.query(5));
        for (int receiver = 3; receiver < 5; receiver++) {
            assertThat(of(receiver, "prometheus_tsdb_head_samples_appended_total"))
                    .as("receiver %d", receiver)
                    .isPositive();
        }

        runbook("Shrink the receivers from five to three")
                .playing(APPLY, centre::apply)
                .playing(
                        "kubectl -n monitoring wait --for=delete pod/thanos-receiver-3 pod/thanos-receiver-4 --timeout=15m",
                        () -> centre.areGone(3))
                .playing(
                        "kubectl -n monitoring delete pvc data-thanos-receiver-3 data-thanos-receiver-4",
                        () -> centre.deleteVolumes(3))
                .with("PROMETHEUS", url)
                .run(checkout);

        assertThat(hash()).isEqualTo(three);
        for (int receiver = 0; receiver < 3; receiver++) {
            assertThat(hash(receiver)).as("receiver %d", receiver).isEqualTo(three);
        }
        assertThat(centre.inBucket()).containsExactly("thanos-receiver-3", "thanos-receiver-4");
        agent.nothingIsMissing(centre.queryWithBucket(3));
        agent.hadNothingRefused();
    }

    private double of(int receiver, String metric) throws Exception {
        return new MetricsPage(centre.receiver(receiver).metrics()).sum(metric);
    }

    @Test
    void a_certificate_is_renewed() throws Exception {
        CountingAgent agent = agent();
        PrometheusApi query = centre.query(3);
        agent.isStoredBy(query);

        runbook("Renew a certificate")
                .playing("cmctl -n monitoring renew ringgate-vip", () -> centre.renew("ringgate-vip"))
                .run(checkout);

        goesOnWithoutLoss(agent, query);
    }

    @Test
    void an_edge_gets_another_password() throws Exception {
        CountingAgent agent = agent();
        PrometheusApi query = centre.query(3);
        agent.isStoredBy(query);
        Path auth = checkout.resolve("auth");
        Path password = checkout.resolve("password");

        runbook("Change an edge's password")
                .playing(
                        "kubectl -n monitoring get secret thanos-receiver-auth -o jsonpath='{.data.auth}' | base64 -d > auth",
                        () -> Files.writeString(
                                auth, centre.keys("thanos-receiver-auth").get("auth")))
                .playing(PUT_USERS, () -> centre.use("thanos-receiver-auth", Map.of("auth", Files.readString(auth))))
                .playing(APPLY, centre::apply)
                .playing(
                        "kubectl --context cluster-02-edge -n monitoring create secret generic ringgate-login-b --from-literal=username=cluster-02-edge-b --from-file=password",
                        () -> {})
                .playing(
                        APPLY_AT_THE_EDGE,
                        () -> {
                            agent.secure(writePort(), login(EDGE, GatewaySecrets.PASSWORD), second(password));
                            agent.scrapesOn();
                        },
                        () -> agent.secure(writePort(), second(password)))
                .at("ca.crt", centre.ca().toString())
                .at("127.0.0.1:19292", "127.0.0.1:" + centre.gateway().adminPort())
                .with("OPERATOR", "prometheus:" + GatewaySecrets.PASSWORD)
                .run(checkout);

        assertThat(password).doesNotExist();
        goesOnWithoutLoss(agent, query);
    }

    /** A receiver leaves the newest sample of each tenant out of its last block: that one is in its volume only. */
    @Test
    void all_but_the_newest_is_in_the_bucket_when_the_centre_is_taken_away() throws Exception {
        CountingAgent agent = agent();
        PrometheusApi receivers = centre.query(3);
        agent.isStoredBy(receivers);
        agent.process().kill();
        String row = CountingAgent.COUNTER + "{row=\"0\"}";
        Set<Double> before = Stored.seenBy(receivers).values(row);

        runbook("Take the centre away")
                .playing("kubectl -n monitoring delete hpa/ringgate deployment/ringgate", centre::deleteGateway)
                .playing("kubectl -n monitoring scale statefulset/thanos-receiver --replicas=0", centre::stopReceivers)
                .playing(
                        "kubectl -n monitoring wait --for=delete pod -l app.kubernetes.io/name=thanos-receiver --timeout=15m",
                        () -> centre.areGone(0))
                .playing(
                        "kustomize build k8s/overlays/cluster-01-central | kubectl delete -f -",
                        () -> centre.deleteVolumes(0))
                .run(checkout);

        assertThat(centre.inBucket()).containsExactly("thanos-receiver-0", "thanos-receiver-1", "thanos-receiver-2");
        Stored bucket = Stored.seenBy(centre.queryWithBucket(0));
        before.remove(Collections.max(before));
        Eventually.see("the bucket has all that was stored", () -> bucket.values(row), all -> all.containsAll(before));
    }

    private static void goesOnWithoutLoss(CountingAgent agent, PrometheusApi query) throws Exception {
        agent.scrapesOn();
        agent.nothingIsMissing(query);
        agent.hadNothingRefused();
    }

    private String second(Path password) throws IOException {
        return login(EDGE + "-b", Files.readString(password).strip());
    }
}
