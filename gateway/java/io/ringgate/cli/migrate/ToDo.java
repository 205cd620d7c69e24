package io.ringgate.cli.migrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What no import can know, as sentences for the operator. */
record ToDo(Draft draft, Receivers receivers, @Nullable Users users, List<Chapter> writes, Path folder) {

    List<String> sentences() {
        List<String> all = new ArrayList<>();
        for (String secret : draft.certificates()) {
            all.add("Put certificate and key into `" + TlsFiles.certificate(secret) + "` and `" + TlsFiles.key(secret)
                    + "`, or mount the Secret there: "
                    + (secret.equals(TlsFiles.OWN) ? "there is none yet" : "it has files of these names") + ".");
        }
        if (users == null || users.edges().isEmpty()) {
            all.add("Say who may write: nobody may yet. "
                    + (users == null ? "Import again with `--secret`" : "Mend the Secret")
                    + ", or add edges by `ringgate edge add`.");
        } else if (users.edges().size() == 1) {
            all.add(
                    "There is one user. Clusters that share it cannot be told apart: give each its own, by `ringgate edge add`.");
        }
        Draft.ClientAuthority clients = draft.clients();
        if (clients != null) {
            all.add("Put who vouches for clients into `" + TlsFiles.authority(clients.secret())
                    + "`, and name each client's certificate in edges.yaml: whoever shows one that is nobody's hears 401, also"
                    + " with the right password.");
        }
        all.add(
                receivers.rings() == null
                        ? "See that `receivers.dns` names all receivers (the headless Service), or import with `--hashrings`."
                        : "See that `algorithm` and `replication_factor` in ringgate.yaml are the receivers' own flags.");
        if (!draft.sources().isEmpty()) {
            all.add(
                    "See that clients' addresses reach the gateway: `allowed_sources` refuses everybody behind a load balancer"
                            + " that hides them (docs/OPERATIONS.md, Listeners and connections).");
        }
        if (users != null && !users.edges().isEmpty()) {
            all.add("Take `on_conflict` out of edges.yaml once each edge is called as its agents call their `"
                    + GatewayText.EDGE_LABEL
                    + "`: until then a cluster may write under another's name, as it may today.");
        }
        if (draft.hasTls() || draft.redirects()) {
            all.add(
                    "Ports below 1024 need a right: as an ordinary user write 8443 and 8080 in ringgate.yaml, and let the Service"
                            + " lead 443 and 80 there.");
        }
        if (writes.size() > 1) {
            all.add(
                    "Several Ingresses take writes, and there is one gateway: of two limits the wider holds, and all networks"
                            + " together.");
        }
        all.add("Run `ringgate check --strict --config " + folder.resolve(GatewayText.FILE)
                + "`, then move as docs/MOVING.md says.");
        return all;
    }
}
