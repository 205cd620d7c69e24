package io.ringgate.k8s.cluster;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the API server has to know of kinds that are not Kubernetes's own. The definitions are small and take every key: that the keys
 * are those of each kind is tested elsewhere, by its model or schema.
 */
final class CustomDefinitions {

    private static final String KINDS = """
            bitnami.com          v1alpha1 SealedSecret              sealedsecrets               Namespaced
            cert-manager.io      v1       Certificate               certificates                Namespaced
            cert-manager.io      v1       ClusterIssuer             clusterissuers              Cluster
            cert-manager.io      v1       Issuer                    issuers                     Namespaced
            cilium.io            v2alpha1 CiliumL2AnnouncementPolicy ciliuml2announcementpolicies Cluster
            cilium.io            v2alpha1 CiliumLoadBalancerIPPool  ciliumloadbalancerippools   Cluster
            external-secrets.io  v1       ExternalSecret            externalsecrets             Namespaced
            keda.sh              v1alpha1 ScaledObject              scaledobjects               Namespaced
            monitoring.coreos.com v1      PrometheusRule            prometheusrules             Namespaced
            monitoring.coreos.com v1      ServiceMonitor            servicemonitors             Namespaced
            monitoring.coreos.com v1alpha1 PrometheusAgent          prometheusagents            Namespaced
            """;

    private CustomDefinitions() {}

    /** All of them, as kubectl reads them. */
    static String yaml() {
        return KINDS.lines().map(line -> definition(line.split(" +", -1))).collect(Collectors.joining("---\n"));
    }

    private static String definition(String[] row) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %4$s.%1$s}
                spec:
                  group: %1$s
                  scope: %5$s
                  names: {kind: %3$s, plural: %4$s, singular: %6$s}
                  versions:
                    - name: %2$s
                      served: true
                      storage: true
                      subresources: {status: {}}
                      schema:
                        openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
                """.formatted(row[0], row[1], row[2], row[3], row[4], row[2].toLowerCase(Locale.ROOT));
    }

    /** The plurals of those that belong to no namespace. */
    static List<String> ofTheWholeCluster() {
        return KINDS.lines()
                .map(line -> List.of(line.split(" +", -1)))
                .filter(row -> row.get(4).equals("Cluster"))
                .map(row -> row.get(3) + "." + row.get(0))
                .toList();
    }
}
