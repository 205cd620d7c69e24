package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The gateway beside what a site has: nothing of that is touched, and the cut-over changes nothing of the gateway but its address. */
@Tag("k8s")
class MovingInIT {

    /** Every name of ours begins so, and none of the site's: thanos-receiver, letsencrypt-prod, cluster-01-central-pool and the like. */
    private static final String OURS = "ringgate";

    private static final Manifests BESIDE = Kustomize.overlay("moving-in");
    private static final Manifests CENTRE = Kustomize.overlay("cluster-01-central");

    @Test
    void nothing_that_is_there_is_touched() {
        assertThat(BESIDE.all())
                .hasSizeGreaterThan(15)
                .extracting(Manifest::name)
                .allSatisfy(name -> assertThat(name).startsWith(OURS));
        assertThat(BESIDE.ofKind("Namespace")).isEmpty();
    }

    /** Policies, budgets and services choose the gateway's pods, and announcements and pools its Service. */
    @Test
    void what_selects_selects_nothing_else() {
        Map<String, String> selectors = Map.of(
                "Service", "/spec/selector",
                "Deployment", "/spec/selector/matchLabels",
                "PodDisruptionBudget", "/spec/selector/matchLabels",
                "NetworkPolicy", "/spec/podSelector/matchLabels",
                "ServiceMonitor", "/spec/selector/matchLabels",
                "CiliumLoadBalancerIPPool", "/spec/serviceSelector/matchLabels",
                "CiliumL2AnnouncementPolicy", "/spec/serviceSelector/matchLabels");
        JsonNode ours = Kustomize.yaml("app.kubernetes.io/name: ringgate");
        selectors.forEach((kind, selector) -> assertThat(BESIDE.ofKind(kind))
                .as(kind)
                .isNotEmpty()
                // One that is not there, or is empty, selects everything.
                .allMatch(each -> Manifests.carries(each.at(selector), ours)));
    }

    @Test
    void its_address_is_its_own_and_no_name_leads_to_it_yet() {
        JsonNode annotations = BESIDE.one("Service", "ringgate").at("/metadata/annotations");
        String vip = annotations.path("lbipam.cilium.io/ips").asText();
        assertThat(keys(annotations)).containsExactly("lbipam.cilium.io/ips");
        assertThat(vip).isNotEqualTo(vip(CENTRE));
        assertThat(BESIDE.ofKind("CiliumLoadBalancerIPPool"))
                .singleElement()
                .satisfies(pool -> assertThat(pool.text("/spec/blocks/0/cidr")).isEqualTo(vip + "/32"));
        assertThat(ClientAddress.faults(BESIDE)).isEmpty();
    }

    /** At the cut-over no client waits for a certificate: that for the later address is there, and that for the name is a public one. */
    @Test
    void its_certificates_are_good_before_and_after_the_cut_over() {
        assertThat(texts(BESIDE.one("Certificate", "ringgate-vip").at("/spec/ipAddresses")))
                .containsExactly(vip(BESIDE), vip(CENTRE));
        Manifest names = BESIDE.one("Certificate", "ringgate-names");
        assertThat(names.at("/spec/dnsNames"))
                .isEqualTo(CENTRE.one("Certificate", "ringgate-names").at("/spec/dnsNames"));
        JsonNode acme =
                BESIDE.one("ClusterIssuer", names.text("/spec/issuerRef/name")).at("/spec/acme");
        JsonNode later = CENTRE.one("ClusterIssuer", "letsencrypt-prod").at("/spec/acme");
        assertThat(acme.path("solvers")).isEqualTo(later.path("solvers"));
        assertThat(acme.path("email")).isEqualTo(later.path("email"));
        assertThat(acme.path("privateKeySecretRef")).isNotEqualTo(later.path("privateKeySecretRef"));
    }

    @Test
    void it_is_the_very_gateway_that_the_centre_will_have() {
        for (String map : List.of("ringgate-config", "ringgate-limits")) {
            assertThat(BESIDE.one("ConfigMap", map)).isEqualTo(CENTRE.one("ConfigMap", map));
        }
        assertThat(BESIDE.one("Deployment", "ringgate")).isEqualTo(CENTRE.one("Deployment", "ringgate"));
    }

    /** Of what pods mount, the ring alone is the site's, and its receivers may have any labels. */
    @Test
    void it_writes_to_the_receivers_that_are_there() {
        Set<String> missing = Manifest.elements(
                        BESIDE.one("Deployment", "ringgate").pod().path("volumes"))
                .stream()
                .map(volume -> volume.at("/configMap/name").asText())
                .filter(name -> !name.isEmpty() && !BESIDE.has("ConfigMap", name))
                .collect(Collectors.toSet());
        assertThat(missing).containsExactly("thanos-receiver-hashrings");
        JsonNode receivers = Kustomize.yaml(BESIDE.one("ConfigMap", "ringgate-config")
                        .at("/data")
                        .path("ringgate.yaml")
                        .asText())
                .path("receivers");
        Set<String> anywhere = new TreeSet<>();
        BESIDE.one("NetworkPolicy", "ringgate").list("/spec/egress").stream()
                .filter(rule -> !rule.has("to"))
                .forEach(rule -> anywhere.addAll(rule.path("ports").findValuesAsText("port")));
        assertThat(anywhere)
                .contains(
                        receivers.at("/write/port").asText(),
                        receivers.at("/health/port").asText());
    }

    /** Whoever applies the centre's overlay to a site that runs knows what it takes the place of. */
    @Test
    void what_the_cut_over_replaces_is_written_down() throws IOException {
        String readme = Files.readString(Kustomize.FILES.resolve("README.md"));
        String section = readme.substring(readme.indexOf("## Moving in"));
        String table = section.substring(0, section.indexOf("\n## "));
        assertThat(CENTRE.all())
                .filteredOn(each -> !each.name().startsWith(OURS))
                .hasSizeGreaterThan(8)
                .allSatisfy(each -> assertThat(table)
                        .containsPattern("\\| [\\w, ]*" + each.kind() + "[\\w, ]* `" + each.name() + "` \\|"));
        // What the first step leaves behind.
        assertThat(BESIDE.all())
                .filteredOn(each -> !CENTRE.has(each.kind(), each.name()))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(table)
                        .contains("delete")
                        .contains(each.kind().toLowerCase(Locale.ROOT) + "/" + each.name()));
    }

    private static String vip(Manifests built) {
        return built.one("Service", "ringgate")
                .at("/metadata/annotations")
                .path("lbipam.cilium.io/ips")
                .asText();
    }

    private static List<String> texts(JsonNode list) {
        return Manifest.elements(list).stream().map(JsonNode::asText).toList();
    }

    private static Set<String> keys(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
