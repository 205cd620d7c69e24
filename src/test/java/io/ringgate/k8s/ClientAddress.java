package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether a client's address survives the way through a load balancer of Cilium. Announced by ARP the Service must be open to
 * all nodes, and they must hand packets on as they came (DSR); announced by BGP it must be open to nodes with a pod only.
 */
final class ClientAddress {

    private static final Set<String> KEEPS_THE_SOURCE = Set.of("dsr", "hybrid");

    private ClientAddress() {}

    static List<String> faults(Manifests built) {
        List<String> faults = new ArrayList<>();
        for (Manifest service : built.ofKind("Service")) {
            if (!service.text("/spec/type").equals("LoadBalancer")) {
                continue;
            }
            boolean local = service.text("/spec/externalTrafficPolicy").equals("Local");
            List<Manifest> announced = built.ofKind("CiliumL2AnnouncementPolicy").stream()
                    .filter(policy -> selects(policy, service))
                    .toList();
            if (local) {
                announced.forEach(policy -> faults.add(service + " is announced by " + policy
                        + ", which cannot be with externalTrafficPolicy: Local"));
            } else if (announced.isEmpty()) {
                faults.add(service
                        + " has externalTrafficPolicy Cluster and no L2 announcement: clients have a node's address");
            } else if (!KEEPS_THE_SOURCE.contains(mode())) {
                faults.add("cilium-values.yaml says loadBalancer.mode " + mode() + ": clients have a node's address");
            }
        }
        return faults;
    }

    /** No labels to match, whether the selector says so or is not there, is every Service. */
    private static boolean selects(Manifest policy, Manifest service) {
        JsonNode wanted = policy.at("/spec/serviceSelector/matchLabels");
        return policy.at("/spec/loadBalancerIPs").asBoolean()
                && (wanted.isEmpty() || Manifests.carries(service.at("/metadata/labels"), wanted));
    }

    private static String mode() {
        try {
            return Kustomize.yaml(Files.readString(Kustomize.FILES.resolve("components/cilium/cilium-values.yaml")))
                    .at("/loadBalancer/mode")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
