package io.ringgate.cli.migrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the pods of k8s/base need besides the files that are written: which Secret each file comes from, and what is to copy. */
record PodSteps(EdgeAccess access, ImportedReceivers receivers, Path folder) {

    private static final SecretName USERS = new SecretName("monitoring", "thanos-receiver-auth");
    private static final Set<Integer> OPEN_PORTS = Set.of(GatewayText.WRITE);

    List<String> sentences() {
        List<String> all = new ArrayList<>();
        all.add("Copy `ringgate.yaml` and `edges.yaml` to `k8s/base/gateway/config/` and `limits/_default.yaml` to"
                + " `k8s/base/gateway/config/limits/`.");
        users(all);
        all.add(
                "Certificates come from cert-manager: Secret `ringgate-vip-tls` (`/etc/ringgate-tls/vip`), `ringgate-names-tls`"
                        + " (`/etc/ringgate-tls/names`) and `ringgate-admin-tls` (`/etc/ringgate-tls/admin`). Write the address"
                        + (access.draft().hosts().isEmpty()
                                ? " and host name"
                                : ", and "
                                        + ReportText.code(
                                                String.join(", ", access.draft().hosts())) + " as host,")
                        + " into your overlay's `site.yaml`.");
        all.add(
                "Say who may read metrics: `htpasswd -cB operators NAME`, then `kubectl -n monitoring create secret generic"
                        + " ringgate-operators --from-file=auth=operators` (`/etc/ringgate-operators`).");
        ring(all);
        authorities(all);
        all.add((access.draft().redirects() ? "Keep" : "Take out")
                + " `components/http-redirect` in your overlay: the Ingress "
                + (access.draft().redirects() ? "sent http on to https" : "sent nobody on from http") + ".");
        return all;
    }

    private void users(List<String> all) {
        String mounted = "Secret `" + USERS.name() + "` (key `" + ImportedUsers.KEY + "`, `/etc/ringgate-auth`)";
        ImportedUsers users = access.users();
        if (users == null) {
            all.add("The pods have their users from " + mounted + ".");
            return;
        }
        ImportedUsers.Source first = users.sources().getFirst();
        all.add(
                users.sources().size() == 1 && first.name().means(USERS) && !first.asMap()
                        ? "The pods have their users from " + mounted
                                + ", which is used as it is: there is nothing to create,"
                                + " and `htpasswd` only shows what is in it."
                        : "Create " + mounted + ": `kubectl -n monitoring create secret generic " + USERS.name()
                                + " --from-file=" + ImportedUsers.KEY + "=" + folder.resolve("htpasswd") + "`.");
    }

    private void ring(List<String> all) {
        if (receivers.isPrometheus()) {
            all.add("Let the NetworkPolicy of `k8s/base/gateway/network.yaml` lead to Prometheus, port "
                    + receivers.backend().port() + ", and leave `k8s/base/receivers` out.");
            return;
        }
        all.add(
                "The ring comes from ConfigMap `thanos-receiver-hashrings`, key `hashrings.json` (`/etc/thanos-hashrings`): "
                        + (receivers.hashrings() == null
                                ? "see that it is the one of your receivers."
                                : "it is yours as it is, or copy `hashrings.json` to `k8s/base/receivers/`."));
        if (!OPEN_PORTS.contains(receivers.port())) {
            all.add("Let the NetworkPolicy of `k8s/base/gateway/network.yaml` lead to port " + receivers.port() + ".");
        }
    }

    private void authorities(List<String> all) {
        List<String> secrets =
                new ArrayList<>(access.draft().authorities().stream().limit(1).toList());
        if (!access.draft().backendAuthority().isEmpty()) {
            secrets.add(access.draft().backendAuthority());
        }
        secrets.forEach(secret -> all.add("Mount Secret `" + secret + "` with its `ca.crt` at `/etc/ringgate-tls/"
                + secret + "` by a patch in your overlay: the base has no such volume."));
    }
}
