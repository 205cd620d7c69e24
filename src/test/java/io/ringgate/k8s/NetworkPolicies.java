package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * Who may connect to whom, by the rules of networking.k8s.io/v1: a pod that no policy selects is open, and of those that do any one may
 * permit. Both ends have their say: the policies for what comes in at the one, and for what goes out at the other.
 */
record NetworkPolicies(List<Manifest> all) {

    static NetworkPolicies of(List<Manifest> objects) {
        return new NetworkPolicies(objects.stream()
                .filter(each -> each.kind().equals("NetworkPolicy"))
                .toList());
    }

    /** Whether this is open, a TCP connection for example. */
    boolean permit(Endpoint from, Endpoint to, String protocol, int port) {
        return permit("Ingress", to, from, to, protocol, port) && permit("Egress", from, to, to, protocol, port);
    }

    private boolean permit(String direction, Endpoint self, Endpoint peer, Endpoint target, String protocol, int port) {
        List<Manifest> about = all.stream()
                .filter(policy -> self.isPod() && policy.namespace().equals(self.namespace()))
                .filter(policy -> types(policy).contains(direction))
                .filter(policy -> selects(policy.at("/spec/podSelector"), self.labels()))
                .toList();
        String rules = direction.equals("Ingress") ? "/spec/ingress" : "/spec/egress";
        String peers = direction.equals("Ingress") ? "from" : "to";
        return about.isEmpty()
                || about.stream()
                        .anyMatch(policy -> policy.list(rules).stream()
                                .anyMatch(rule -> hasPeer(policy, rule.path(peers), peer)
                                        && hasPort(rule.path("ports"), target, protocol, port)));
    }

    /** Without the list: Ingress, and Egress where there are such rules. */
    private static List<String> types(Manifest policy) {
        List<String> types =
                policy.list("/spec/policyTypes").stream().map(JsonNode::asText).toList();
        if (!types.isEmpty()) {
            return types;
        }
        return policy.list("/spec/egress").isEmpty() ? List.of("Ingress") : List.of("Ingress", "Egress");
    }

    private static boolean hasPeer(Manifest policy, JsonNode peers, Endpoint peer) {
        return peers.isEmpty() || Manifest.elements(peers).stream().anyMatch(each -> isPeer(policy, each, peer));
    }

    private static boolean isPeer(Manifest policy, JsonNode rule, Endpoint peer) {
        if (rule.has("ipBlock")) {
            throw new AssertionError("no address is evaluated yet: " + policy);
        }
        boolean near = rule.has("namespaceSelector")
                ? selects(rule.path("namespaceSelector"), Map.of("kubernetes.io/metadata.name", peer.namespace()))
                : policy.namespace().equals(peer.namespace());
        return peer.isPod() && near && selects(rule.path("podSelector"), peer.labels());
    }

    private static boolean hasPort(JsonNode ports, Endpoint target, String protocol, int port) {
        return ports.isEmpty()
                || Manifest.elements(ports).stream()
                        .anyMatch(each ->
                                each.path("protocol").asText("TCP").equals(protocol) && isPort(each, target, port));
    }

    private static boolean isPort(JsonNode rule, Endpoint target, int port) {
        JsonNode first = rule.path("port");
        if (first.isMissingNode()) {
            return true;
        }
        if (first.isTextual()) {
            return Integer.valueOf(port).equals(target.ports().get(first.asText()));
        }
        return port >= first.asInt() && port <= rule.path("endPort").asInt(first.asInt());
    }

    /** One that says nothing selects everything. */
    private static boolean selects(JsonNode selector, Map<String, String> labels) {
        return selector.path("matchLabels").properties().stream()
                        .allMatch(label -> label.getValue().asText().equals(labels.get(label.getKey())))
                && Manifest.elements(selector.path("matchExpressions")).stream()
                        .allMatch(expression -> fits(expression, labels));
    }

    private static boolean fits(JsonNode expression, Map<String, String> labels) {
        String value = labels.get(expression.path("key").asText());
        List<String> values = Manifest.elements(expression.path("values")).stream()
                .map(JsonNode::asText)
                .toList();
        return switch (expression.path("operator").asText()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw new AssertionError("not an operator: " + expression);
        };
    }
}
