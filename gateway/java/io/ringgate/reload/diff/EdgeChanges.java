package io.ringgate.reload.diff;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeEntry;
import io.ringgate.edge.EdgeName;
import io.ringgate.reload.LoadedIdentities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which edges a reload adds, changes and removes. A changed password is a change of its edge.
 *
 * @param added in the order of the new file, as those that changed
 * @param removed in the order of the old file
 */
public record EdgeChanges(List<EdgeName> added, List<EdgeName> changed, List<EdgeName> removed) {

    public static EdgeChanges between(LoadedIdentities now, LoadedIdentities next) {
        Map<EdgeName, EdgeEntry> before = new HashMap<>();
        now.identities().edges().forEach(entry -> before.put(entry.edge().name(), entry));
        List<EdgeName> added = new ArrayList<>();
        List<EdgeName> changed = new ArrayList<>();
        for (EdgeEntry entry : next.identities().edges()) {
            EdgeEntry known = before.remove(entry.edge().name());
            if (known == null) {
                added.add(entry.edge().name());
            } else if (!known.equals(entry) || !passwordsAlike(entry, now.htpasswd(), next.htpasswd())) {
                changed.add(entry.edge().name());
            }
        }
        List<EdgeName> removed =
                now.identities().names().stream().filter(before::containsKey).toList();
        return new EdgeChanges(added, changed, removed);
    }

    private static boolean passwordsAlike(EdgeEntry entry, Htpasswd now, Htpasswd next) {
        return entry.credentials().stream()
                .map(EdgeCredential::proof)
                .allMatch(proof -> !(proof instanceof EdgeCredential.Basic basic)
                        || basic.hash() != null
                        || now.isAlike(next, basic.user()));
    }

    /** For log and answer: "1 added (lima), 2 changed (berlin, tokyo)"; empty when no edge is concerned. */
    public String text() {
        List<String> parts = new ArrayList<>();
        add(parts, added, "added");
        add(parts, changed, "changed");
        add(parts, removed, "removed");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, List<EdgeName> names, String what) {
        if (!names.isEmpty()) {
            parts.add(names.size() + " " + what + " (" + EdgeNames.text(names) + ")");
        }
    }
}
