package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one object says of another is so. */
@Tag("k8s")
class WiringIT {

    static final List<String> OVERLAYS = Kustomize.WHOLE;

    /** Secrets that a person brings; the others come from a Certificate. */
    private static final Set<String> BROUGHT = Set.of("thanos-receiver-auth", "ringgate-operators", "thanos-objstore");

    @TempDir
    static Path scratch;

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void a_service_leads_to_ports_of_pods(String overlay) {
        Manifests built = Kustomize.overlay(overlay);
        assertThat(built.ofKind("Service")).hasSizeGreaterThanOrEqualTo(4).allSatisfy(service -> {
            List<Manifest> behind = built.withPods(service.at("/spec/selector"));
            assertThat(behind).as("pods of %s", service).hasSize(1);
            Set<String> ports = ports(behind.getFirst());
            assertThat(service.list("/spec/ports"))
                    .isNotEmpty()
                    .allSatisfy(port -> assertThat(ports)
                            .as("%s", service)
                            .contains(port.path("targetPort").asText()));
        });
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void a_workload_selects_its_own_pods_and_no_others(String overlay) {
        Manifests built = Kustomize.overlay(overlay);
        assertThat(built.workloads()).hasSize(2).allSatisfy(workload -> {
            JsonNode labels = workload.at("/spec/selector/matchLabels");
            assertThat(built.withPods(labels)).containsExactly(workload);
            workload.pod()
                    .path("topologySpreadConstraints")
                    .forEach(spread ->
                            assertThat(spread.at("/labelSelector/matchLabels")).isEqualTo(labels));
            Stream.concat(
                            workload.pod().findValues("requiredDuringSchedulingIgnoredDuringExecution").stream(),
                            workload.pod().findValues("preferredDuringSchedulingIgnoredDuringExecution").stream())
                    .flatMap(terms -> terms.findValues("matchLabels").stream())
                    .forEach(apart -> assertThat(apart).isEqualTo(labels));
        });
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void budgets_and_policies_are_about_pods_that_are_there(String overlay) {
        Manifests built = Kustomize.overlay(overlay);
        for (Manifest budget : built.ofKind("PodDisruptionBudget")) {
            assertThat(built.withPods(budget.at("/spec/selector/matchLabels"))).hasSize(1);
        }
        assertThat(built.ofKind("NetworkPolicy")).hasSize(2).allSatisfy(policy -> {
            List<Manifest> guarded = built.withPods(policy.at("/spec/podSelector/matchLabels"));
            assertThat(guarded).hasSize(1);
            Set<String> ports = ports(guarded.getFirst());
            policy.list("/spec/ingress")
                    .forEach(rule -> rule.path("ports")
                            .forEach(port -> assertThat(ports)
                                    .as("%s", policy)
                                    .contains(port.path("port").asText())));
        });
    }

    /** Receivers by their pods' labels, names, and those who issue the tokens that edges.yaml speaks of. */
    @Test
    void the_gateway_reaches_all_that_it_asks() {
        Manifests built = Kustomize.overlay("cluster-01-central");
        List<JsonNode> egress = built.one("NetworkPolicy", "ringgate").list("/spec/egress");
        JsonNode config = built.one("ConfigMap", "ringgate-config").at("/data");
        JsonNode receivers =
                Kustomize.yaml(config.path("ringgate.yaml").asText()).path("receivers");

        List<JsonNode> toReceivers =
                egress.stream().filter(rule -> rule.has("to")).toList();
        assertThat(toReceivers).hasSize(1);
        assertThat(built.withPods(toReceivers.getFirst().at("/to/0/podSelector/matchLabels")))
                .extracting(Manifest::name)
                .containsExactly("thanos-receiver");
        assertThat(toReceivers.getFirst().path("ports").findValuesAsText("port"))
                .containsExactly(
                        receivers.at("/write/port").asText(),
                        receivers.at("/health/port").asText());
        List<String> anywhere = egress.stream()
                .filter(rule -> !rule.has("to"))
                .flatMap(rule -> rule.path("ports").findValuesAsText("port").stream())
                .toList();
        assertThat(anywhere).contains("53");
        for (String issuer : Kustomize.yaml(config.path("edges.yaml").asText()).findValuesAsText("issuer")) {
            if (issuer.startsWith("https://")) {
                int port = URI.create(issuer).getPort();
                assertThat(anywhere).contains(Integer.toString(port < 0 ? 443 : port));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void what_is_mounted_is_there(String overlay) {
        Manifests built = Kustomize.overlay(overlay);
        Set<String> secrets = new HashSet<>(BROUGHT);
        built.ofKind("Certificate").forEach(each -> secrets.add(each.text("/spec/secretName")));
        for (Manifest workload : built.workloads()) {
            Set<String> volumes = new TreeSet<>();
            for (JsonNode volume : workload.pod().path("volumes")) {
                volumes.add(volume.path("name").asText());
                if (volume.has("configMap")) {
                    assertThat(built.has(
                                    "ConfigMap", volume.at("/configMap/name").asText()))
                            .as("%s", volume)
                            .isTrue();
                } else if (volume.has("secret")) {
                    assertThat(secrets).contains(volume.at("/secret/secretName").asText());
                } else {
                    assertThat(volume.has("emptyDir")).as("%s", volume).isTrue();
                }
            }
            workload.list("/spec/volumeClaimTemplates")
                    .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
            Set<String> mounted = new TreeSet<>();
            containers(workload)
                    .forEach(each -> each.path("volumeMounts")
                            .forEach(mount -> mounted.add(mount.path("name").asText())));
            assertThat(mounted).as("%s", workload).isEqualTo(volumes);
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void pods_run_as_nobody_with_nothing_to_write_to_but_volumes(String overlay) {
        for (Manifest workload : Kustomize.overlay(overlay).workloads()) {
            JsonNode pod = workload.pod().path("securityContext");
            assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.path("runAsUser").asInt()).isEqualTo(65534);
            assertThat(pod.path("fsGroup").asInt()).isEqualTo(65534);
            assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            for (JsonNode container : containers(workload)) {
                JsonNode context = container.path("securityContext");
                assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
                assertThat(container.path("image").asText()).contains(":").doesNotEndWith(":latest");
            }
        }
    }

    @Test
    void in_the_centre_one_pod_may_be_away_and_a_node_holds_one() {
        Manifests built = Kustomize.overlay("cluster-01-central");
        assertThat(built.ofKind("PodDisruptionBudget"))
                .hasSize(built.workloads().size())
                .allSatisfy(budget ->
                        assertThat(budget.text("/spec/maxUnavailable")).isEqualTo("1"));
        JsonNode spread = built.one("Deployment", "ringgate").pod().path("topologySpreadConstraints");
        assertThat(spread.findValuesAsText("topologyKey"))
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
        assertThat(spread.path(0).path("whenUnsatisfiable").asText()).isEqualTo("DoNotSchedule");
        assertThat(spread).allSatisfy(each -> {
            assertThat(each.path("maxSkew").asInt()).isEqualTo(1);
            // A tainted node would be one with no pod for ever, and the autoscaler could not pass the number of the
            // others.
            assertThat(each.path("nodeTaintsPolicy").asText()).isEqualTo("Honor");
        });
        JsonNode apart = built.one("StatefulSet", "thanos-receiver").pod().at("/affinity/podAntiAffinity");
        assertThat(apart.at("/requiredDuringSchedulingIgnoredDuringExecution/0/topologyKey")
                        .asText())
                .isEqualTo("kubernetes.io/hostname");
        Manifest scaling = built.one("HorizontalPodAutoscaler", "ringgate");
        assertThat(scaling.text("/spec/scaleTargetRef/name")).isEqualTo("ringgate");
        assertThat(scaling.text("/spec/minReplicas")).isEqualTo("3");
    }

    /** A gateway that has all the connections it may have is not killed for it, and gets no new ones. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void whether_it_lives_is_asked_beside_the_way_of_writes(String overlay) {
        JsonNode container =
                Kustomize.overlay(overlay).one("Deployment", "ringgate").pod().at("/containers/0");
        assertThat(container.at("/livenessProbe/httpGet/port").asText()).isEqualTo("admin");
        assertThat(container.at("/readinessProbe/httpGet/port").asText()).isEqualTo("write");
        assertThat(container.at("/startupProbe/httpGet/port").asText()).isEqualTo("write");
    }

    /** Two that scale the same pods would pull in two directions, and KEDA refuses to be the second. */
    @Test
    void keda_takes_the_autoscaler_s_place() {
        Manifest before = Kustomize.overlay("cluster-01-central")
                .ofKind("HorizontalPodAutoscaler")
                .getFirst();
        Manifests built = Kustomize.overlayWith(scratch, "cluster-01-central", "keda");
        assertThat(built.ofKind("HorizontalPodAutoscaler")).isEmpty();
        Manifest scaled = built.one("ScaledObject", "ringgate");
        assertThat(scaled.text("/spec/scaleTargetRef/name")).isEqualTo(before.text("/spec/scaleTargetRef/name"));
        assertThat(scaled.text("/spec/advanced/horizontalPodAutoscalerConfig/name"))
                .isEqualTo(before.name());
        assertThat(scaled.at("/metadata/annotations")
                        .path("scaledobject.keda.sh/transfer-hpa-ownership")
                        .asText())
                .isEqualTo("true");
    }

    /** What an authority elsewhere has to issue may take its time; pods mount it, and would not start before. */
    @Test
    void no_pod_waits_for_a_certificate_from_elsewhere() {
        Manifests built = Kustomize.overlay("cluster-01-central");
        List<Manifest> elsewhere = built.ofKind("Certificate").stream()
                .filter(each -> built.one(each.text("/spec/issuerRef/kind"), each.text("/spec/issuerRef/name"))
                        .at("/spec")
                        .has("acme"))
                .toList();
        assertThat(elsewhere)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.at("/metadata/annotations")
                                .path("cert-manager.io/issue-temporary-certificate")
                                .asText())
                        .isEqualTo("true"));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void a_secret_is_only_referred_to(String overlay) {
        Manifests built = Kustomize.overlay(overlay);
        assertThat(built.ofKind("Secret")).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void no_service_but_the_gateway_s_is_reached_from_outside(String overlay) {
        Manifests built = Kustomize.overlay(overlay);
        assertThat(outside(built)).isSubsetOf("Service ringgate");
        assertThat(built.ofKind("Ingress")).isEmpty();
        assertThat(built.workloads()).allSatisfy(workload -> {
            assertThat(workload.pod().path("hostNetwork").asBoolean()).isFalse();
            assertThat(workload.pod().findValues("hostPort")).isEmpty();
        });
    }

    @Test
    void the_address_is_the_gateway_s_and_it_sees_who_calls() {
        Manifests built = Kustomize.overlay("cluster-01-central");
        assertThat(outside(built)).containsExactly("Service ringgate");
        Manifest service = built.one("Service", "ringgate");
        assertThat(service.at("/spec/ports").findValuesAsText("port")).contains("19291", "443");
        String vip =
                service.at("/metadata/annotations").path("lbipam.cilium.io/ips").asText();
        Manifest pool = built.one("CiliumLoadBalancerIPPool", "cluster-01-central-pool");
        assertThat(pool.text("/spec/blocks/0/cidr")).isEqualTo(vip + "/32");
        assertThat(pool.namespace())
                .as("objects of the whole cluster have none")
                .isEmpty();
        assertThat(ClientAddress.faults(built)).isEmpty();
    }

    @Test
    void l2_announcements_with_local_traffic_policy_are_refused() {
        Manifests built = copy(Kustomize.overlay("cluster-01-central"));
        ((ObjectNode) built.one("Service", "ringgate").at("/spec")).put("externalTrafficPolicy", "Local");

        assertThat(ClientAddress.faults(built))
                .containsExactly("Service ringgate is announced by CiliumL2AnnouncementPolicy ringgate, which"
                        + " cannot be with externalTrafficPolicy: Local");
    }

    /** An empty selector of Kubernetes selects everything, and so does one that is not there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void so_are_those_of_a_policy_for_all_services(boolean empty) {
        Manifests built = copy(Kustomize.overlay("cluster-01-central"));
        ((ObjectNode) built.one("Service", "ringgate").at("/spec")).put("externalTrafficPolicy", "Local");
        ObjectNode policy =
                (ObjectNode) built.one("CiliumL2AnnouncementPolicy", "ringgate").at("/spec");
        policy.remove("serviceSelector");
        if (empty) {
            policy.putObject("serviceSelector").putObject("matchLabels");
        }

        assertThat(ClientAddress.faults(built)).hasSize(1);
    }

    /** Whatever else is set there would change the whole cluster's network, or be refused by its agents. */
    @Test
    void the_values_for_cilium_can_be_merged_into_a_running_one() throws IOException {
        JsonNode values =
                Kustomize.yaml(Files.readString(Kustomize.FILES.resolve("components/cilium/cilium-values.yaml")));
        assertThat(values.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("l2announcements", "k8sClientRateLimit", "loadBalancer");
        assertThat(values.at("/loadBalancer").properties()).hasSize(1);
    }

    private static Manifests copy(Manifests built) {
        return new Manifests(built.all().stream()
                .map(each -> new Manifest(each.tree().deepCopy()))
                .toList());
    }

    private static List<String> outside(Manifests built) {
        return built.ofKind("Service").stream()
                .filter(service -> Set.of("LoadBalancer", "NodePort").contains(service.text("/spec/type"))
                        || service.tree().at("/spec").has("externalIPs"))
                .map(Manifest::toString)
                .toList();
    }

    static List<JsonNode> containers(Manifest workload) {
        List<JsonNode> all = new ArrayList<>(Manifest.elements(workload.pod().path("initContainers")));
        all.addAll(Manifest.elements(workload.pod().path("containers")));
        return all;
    }

    private static Set<String> ports(Manifest workload) {
        Set<String> names = new TreeSet<>();
        containers(workload)
                .forEach(each -> each.path("ports")
                        .forEach(port -> names.add(port.path("name").asText())));
        return names;
    }
}
