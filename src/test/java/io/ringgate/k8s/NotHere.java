package io.ringgate.k8s;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The commands of {@code k8s/*.md} that cannot run in the tests, each with the reason. Tests compare the list with the pages. */
final class NotHere {

    private static final String NO_CHART = "the chart cannot be fetched here";
    private static final String NO_NODE = "there is no node that a port leads to";

    private static final Map<String, String> REASONS = Map.of(
            "cmctl -n monitoring renew ringgate-vip",
            "asks cert-manager, which is only played here",
            "docker build -t REGISTRY/ringgate:VERSION --build-arg VERSION=VERSION . && docker push REGISTRY/ringgate:VERSION",
            "there is no docker and no registry here",
            "helm show crds kube-prometheus-stack --repo https://prometheus-community.github.io/helm-charts --version 78.2.1 | kubectl apply --server-side -f -",
            NO_CHART,
            "kustomize build --enable-helm k8s/overlays/cluster-02-edge | kubectl apply --server-side -f -",
            NO_CHART,
            "kustomize build --enable-helm k8s/overlays/cluster-02-edge | kubectl --context cluster-02-edge apply --server-side -f -",
            NO_CHART,
            "kubectl -n monitoring port-forward POD 19292",
            NO_NODE);

    private NotHere() {}

    static boolean contains(String command) {
        return REASONS.containsKey(command);
    }

    /** Those among these, with their reasons. */
    static Map<String, String> among(List<String> commands) {
        Map<String, String> found = new TreeMap<>(REASONS);
        found.keySet().retainAll(commands);
        return found;
    }

    static Map<String, String> all() {
        return REASONS;
    }
}
