package io.ringgate.cli.migrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What no import can know, as sentences for the operator. */
record NextSteps(EdgeAccess access, ImportedReceivers receivers, Path folder) {

    List<String> sentences() {
        ConfigDraft draft = access.draft();
        ImportedUsers users = access.users();
        List<String> all = new ArrayList<>();
        boolean pods = draft.layout() == FileLayout.PODS;
        if (pods) {
            all.addAll(new PodSteps(access, receivers, folder).sentences());
        }
        for (String secret : pods ? Set.<String>of() : draft.certificates()) {
            all.add("Put certificate and key into `" + draft.layout().certificate(secret) + "` and `"
                    + draft.layout().key(secret)
                    + "`, or mount the Secret there: "
                    + (secret.equals(FileLayout.OWN) ? "there is none yet" : "it has files of these names") + ".");
        }
        if (users == null || users.edges().isEmpty()) {
            all.add("Say who may write: nobody may yet. "
                    + (users == null ? "Import again with `--secret`" : "Fix the Secret")
                    + ", or add edges by `ringgate edge add`.");
        } else if (users.edges().size() == 1) {
            all.add(
                    "There is one user. Clusters that share it cannot be told apart: give each its own, by `ringgate edge add`.");
        }
        ConfigDraft.ClientAuthority clients = draft.clients();
        if (clients != null) {
            all.add("Put who vouches for clients into `" + draft.layout().authority(clients.secret())
                    + "`, and name each client's certificate in edges.yaml: a certificate that belongs to no edge gets 401, even"
                    + " with the right password.");
        }
        if (draft.authorities().size() > 1) {
            all.add("Put the authorities of all of " + String.join(", ", draft.authorities())
                    + " into this one file: a listener has one.");
        }
        ring(draft, all);
        if (access.hasSources()) {
            all.add(
                    "See that clients' addresses reach the gateway: `allowed_sources` refuses everybody behind a load balancer"
                            + " that hides them (docs/operations/connections.md, Load balancers).");
        }
        if (users != null && !users.edges().isEmpty()) {
            all.add("Take `on_conflict` out of edges.yaml once each edge is called as its agents call their `"
                    + GatewayText.EDGE_LABEL
                    + "`: until then a cluster may write under another's name, as it may today.");
        }
        if (!pods && (draft.hasTls() || draft.redirects())) {
            all.add(
                    "Ports below 1024 need a right: as an ordinary user write 8443 and 8080 in ringgate.yaml, and let the Service"
                            + " lead 443 and 80 there.");
        }
        if (draft.ingresses().size() > 1) {
            all.add(
                    "Several Ingresses take writes, and there is one gateway. Who may write by several has the widest limit of"
                            + " them; one that an Ingress does not set is wider than any.");
            wider(all);
        }
        all.add((pods
                        ? "Build your overlay and apply it"
                        : "Run `ringgate check --strict --config " + folder.resolve(GatewayText.FILE) + "`")
                + ", then move as docs/MOVING.md says.");
        return all;
    }

    private void ring(ConfigDraft draft, List<String> all) {
        all.add(ring());
        if (!draft.tenantOptions().forAll()
                && draft.ingresses().stream().anyMatch(ingress -> !draft.namesTenant(ingress))) {
            all.add("See whether agents send " + draft.tenantOptions().header()
                    + " themselves (`headers` of remote_write):"
                    + " nginx passed it on, here each edge has the `tenant` of edges.yaml.");
        }
    }

    private String ring() {
        if (receivers.isPrometheus()) {
            return "See that `receivers.dns` names the replicas of Prometheus that shall take writes: one takes each.";
        }
        return receivers.hashrings() == null && access.draft().layout() == FileLayout.FOLDER
                ? "See that `receivers.dns` names all receivers (the headless Service), or import with `--hashrings`."
                : "See that `algorithm` and `replication_factor` in ringgate.yaml are the receivers' own flags.";
    }

    private void wider(List<String> all) {
        for (Ingress ingress : access.draft().ingresses()) {
            for (IngressLimit limit : IngressLimit.values()) {
                if (limit.isSet(access.draft().limits(ingress))) {
                    access.wider(ingress, limit)
                            .forEach(whom -> all.add("Set `" + limit.annotation() + "` of " + ingress.title()
                                    + " (" + limit.of(access.draft().limits(ingress))
                                    + ") again if it must hold: it does not"
                                    + " for " + whom + "."));
                }
            }
            if (access.isWithoutUsers(ingress)) {
                all.add("Import the users of Secret " + ingress.users() + " too, by another `--secret`: those of "
                        + ingress.title() + " get 401.");
            }
        }
    }
}
