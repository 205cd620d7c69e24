package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringgate.k8s.cluster.SharedCluster;
import io.ringgate.testing.CountingAgent;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusApi;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.RigFolder;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.StoredSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** k8s/RUNBOOKS.md on a real API server, while a real agent writes through the gateway to real receivers: no sample is lost. */
@Tag("k8s")
@Tag("thanos")
class CentreRunbooksIT {

    private static final String EDGE = "cluster-02-edge";
    private static final String APPLY =
            "kustomize build k8s/overlays/cluster-01-central | kubectl apply --server-side -f -";
    private static final String APPLY_AT_THE_EDGE =
            "kustomize build --enable-helm k8s/overlays/cluster-02-edge | kubectl --context cluster-02-edge apply --server-side -f -";
    private static final String PUT_USERS =
            "kubectl -n monitoring create secret generic thanos-receiver-auth --from-file=auth --dry-run=client -o yaml | kubectl apply --server-side --force-conflicts -f -";

    private static final String TAKE_AWAY =
            "kustomize build k8s/overlays/cluster-01-central | kubectl delete -l app.kubernetes.io/part-of=ringgate -f -";

    @RegisterExtension
    static final SharedCluster CLUSTER = new SharedCluster();

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    private static final List<String> KINDS = List.of(
            "namespaces",
            "nodes",
            "configmaps",
            "secrets",
            "services",
            "serviceaccounts",
            "persistentvolumeclaims",
            "deployments",
            "statefulsets",
            "horizontalpodautoscalers",
            "poddisruptionbudgets",
            "networkpolicies",
            "certificates",
            "issuers",
            "clusterissuers",
            "servicemonitors",
            "prometheusrules",
            "ciliumloadbalancerippools",
            "ciliuml2announcementpolicies");

    /** All that the centre's overlay brings, but what others use. */
    private static final List<String> GOES = List.of(
            "Certificate/ringgate-admin",
            "Certificate/ringgate-ca",
            "Certificate/ringgate-names",
            "Certificate/ringgate-vip",
            "CiliumL2AnnouncementPolicy/ringgate",
            "CiliumLoadBalancerIPPool/cluster-01-central-pool",
            "ConfigMap/ringgate-config",
            "ConfigMap/ringgate-dashboard",
            "ConfigMap/ringgate-limits",
            "ConfigMap/thanos-receiver-hashrings",
            "Deployment/ringgate",
            "HorizontalPodAutoscaler/ringgate",
            "Issuer/ringgate-ca",
            "Issuer/ringgate-ca-root",
            "NetworkPolicy/ringgate",
            "NetworkPolicy/thanos-receiver",
            "PodDisruptionBudget/ringgate",
            "PodDisruptionBudget/thanos-receiver",
            "PrometheusRule/ringgate",
            "PrometheusRule/ringgate-edges",
            "PrometheusRule/thanos-receiver",
            "Service/ringgate",
            "Service/ringgate-admin",
            "Service/thanos-receiver",
            "Service/thanos-receiver-headless",
            "ServiceAccount/ringgate",
            "ServiceMonitor/ringgate",
            "ServiceMonitor/thanos-receiver",
            "StatefulSet/thanos-receiver");

    private static final List<String> STAYS = List.of(
            "ClusterIssuer/letsencrypt-prod",
            "Namespace/monitoring",
            "PersistentVolumeClaim/data-thanos-receiver-0",
            "PersistentVolumeClaim/data-thanos-receiver-1",
            "PersistentVolumeClaim/data-thanos-receiver-2",
            "Secret/ringgate-ca",
            "Secret/thanos-objstore",
            "Secret/thanos-receiver-auth");

    private Path checkout;
    private Centre centre;

    @BeforeEach
    void startTheCentre() throws Exception {
        checkout = Files.createDirectories(rig.folder().resolve("checkout"));
        RigFolder.copy(Path.of("k8s"), checkout.resolve("k8s"));
        Files.createSymbolicLink(checkout.resolve("bin"), Path.of("bin").toAbsolutePath());
        CLUSTER.get().empty();
        CLUSTER.get().addCluster(EDGE);
        centre = rig.with(new Centre(rig.folder(), checkout, CLUSTER.get()));
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

    private OperatorShell shell() {
        return new OperatorShell(checkout, CLUSTER.get().environment())
                .at(centre.vip() + ":19291", "127.0.0.1:" + writePort())
                .at(
                        "ring show --hashrings-file k8s/base/receivers/hashrings.json",
                        "ring show --hashrings-file " + centre.rings());
    }

    private double hash() {
        return new ScrapedPage(centre.gateway().metricsPage()).sum("ringgate_rings_hash");
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

        Runbook.named("Grow the receivers from three to five", shell().with("PROMETHEUS", url))
                .playing(APPLY, centre::follow)
                .playing("kubectl -n monitoring rollout status statefulset/thanos-receiver", centre::areReady)
                .run();

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

        Runbook.named("Shrink the receivers from five to three", shell().with("PROMETHEUS", url))
                .playing(APPLY, centre::follow)
                .playing(
                        "kubectl -n monitoring wait --for=delete pod/thanos-receiver-3 pod/thanos-receiver-4 --timeout=15m",
                        () -> centre.areGone(3))
                .playing(
                        "kubectl -n monitoring delete pvc data-thanos-receiver-3 data-thanos-receiver-4",
                        () -> centre.deleteVolumes(3))
                .run();

        assertThat(hash()).isEqualTo(three);
        for (int receiver = 0; receiver < 3; receiver++) {
            assertThat(hash(receiver)).as("receiver %d", receiver).isEqualTo(three);
        }
        assertThat(centre.inBucket()).containsExactly("thanos-receiver-3", "thanos-receiver-4");
        agent.nothingIsMissing(centre.queryWithBucket(3));
        agent.hadNothingRefused();
    }

    private double of(int receiver, String metric) throws Exception {
        return new ScrapedPage(centre.receiver(receiver).metrics()).sum(metric);
    }

    @Test
    void a_certificate_is_renewed() throws Exception {
        CountingAgent agent = agent();
        PrometheusApi query = centre.query(3);
        agent.isStoredBy(query);

        Runbook.named("Renew a certificate", shell())
                .playing("cmctl -n monitoring renew ringgate-vip", () -> centre.renew("ringgate-vip"))
                .run();

        goesOnWithoutLoss(agent, query);
    }

    @Test
    void an_edge_gets_another_password() throws Exception {
        CountingAgent agent = agent();
        PrometheusApi query = centre.query(3);
        agent.isStoredBy(query);
        Path password = checkout.resolve("password");
        CLUSTER.get()
                .kubectl("--context", EDGE, "apply", "--server-side", "-f", "k8s/overlays/" + EDGE + "/namespace.yaml");

        OperatorShell shell = shell().at("ca.crt", centre.ca().toString())
                .at("127.0.0.1:19292", "127.0.0.1:" + centre.gateway().adminPort())
                .with("OPERATOR", "prometheus:" + GatewaySecrets.PASSWORD);
        Runbook.named("Change an edge's password", shell)
                .playing(PUT_USERS, () -> centre.followSecret("thanos-receiver-auth"))
                .playing(APPLY, centre::follow)
                .playing(
                        APPLY_AT_THE_EDGE,
                        () -> {
                            agent.secure(writePort(), login(EDGE, GatewaySecrets.PASSWORD), second(password));
                            agent.scrapesOn();
                        },
                        () -> agent.secure(writePort(), second(password)))
                .run();

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
        Set<Double> before = StoredSamples.seenBy(receivers).values(row);

        List<String> others = bystanders();
        Set<String> there = objects();
        OperatorShell shell = shell();
        Runbook.named("Take the centre away", shell)
                .playing("kubectl -n monitoring delete hpa/ringgate deployment/ringgate", centre::deleteGateway)
                .playing("kubectl -n monitoring scale statefulset/thanos-receiver --replicas=0", centre::stopReceivers)
                .playing(
                        "kubectl -n monitoring wait --for=delete pod -l app.kubernetes.io/name=thanos-receiver --timeout=15m",
                        () -> centre.areGone(0))
                .playing(TAKE_AWAY, () -> centre.deleteVolumes(0))
                .run();

        Set<String> left = objects();
        there.removeAll(left);
        assertThat(there).containsExactlyInAnyOrderElementsOf(GOES);
        assertThat(left).containsAll(others).containsAll(STAYS);
        assertThat(centre.inBucket()).containsExactly("thanos-receiver-0", "thanos-receiver-1", "thanos-receiver-2");
        StoredSamples bucket = StoredSamples.seenBy(centre.queryWithBucket(0));
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

    /** What the site has in the same namespace; one of it selected by the dashboards' label. */
    private static List<String> bystanders() throws Exception {
        CLUSTER.get().kubectl("-n", "monitoring", "create", "deployment", "grafana", "--image=grafana");
        CLUSTER.get().kubectl("-n", "monitoring", "create", "configmap", "site-dashboard");
        CLUSTER.get().kubectl("-n", "monitoring", "label", "configmap", "site-dashboard", "grafana_dashboard=1");
        return List.of("Deployment/grafana", "ConfigMap/site-dashboard");
    }

    /** What somebody made, in the namespace and in the whole cluster: not what controllers keep for it. */
    private static Set<String> objects() throws Exception {
        Set<String> found = new TreeSet<>();
        for (JsonNode each : CLUSTER.get().get("", "-n", "monitoring", String.join(",", KINDS))) {
            if (!each.path("metadata").has("ownerReferences")) {
                found.add(each.path("kind").asText() + "/"
                        + each.at("/metadata/name").asText());
            }
        }
        return found;
    }

    @Test
    void every_command_is_one_that_runs_or_has_a_reason() throws Exception {
        assertThat(NotHere.among(Commands.ofACluster(Runbook.FILE)))
                .containsOnlyKeys(
                        "cmctl -n monitoring renew ringgate-vip",
                        APPLY_AT_THE_EDGE,
                        "kubectl -n monitoring port-forward POD 19292");
        List<String> run = new ArrayList<>();
        for (String title : List.of(
                "Grow the receivers from three to five",
                "Shrink the receivers from five to three",
                "Renew a certificate",
                "Change an edge's password",
                "Take the centre away")) {
            run.addAll(Commands.ofSection(Runbook.FILE, title));
        }
        assertThat(Commands.ofACluster(Runbook.FILE))
                .filteredOn(command -> !NotHere.contains(command))
                .isSubsetOf(run);
    }
}
