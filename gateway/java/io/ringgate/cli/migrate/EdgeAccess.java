package io.ringgate.cli.migrate;

import io.ringgate.edge.EdgeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which edge writes through which Ingress, and so within which limits: a user through all that use its Secret, and
 * through those without authentication. The widest of their limits applies, so that no edge that writes today is
 * refused.
 */
record EdgeAccess(ConfigDraft draft, @Nullable ImportedUsers users) {

    /** The edges that there will be. */
    Set<EdgeName> edges() {
        return users == null ? Set.of() : new LinkedHashSet<>(users.edges().values());
    }

    /** The edges that may write through this Ingress. */
    Set<EdgeName> edges(Ingress ingress) {
        SecretName secret = ingress.users();
        if (users == null || secret == null || isStray()) {
            return edges();
        }
        ImportedUsers.Source source = users.source(secret);
        return source == null ? Set.of() : source.edges();
    }

    /** True for a Secret that was given and that no Ingress names: it is taken for the one that all of them mean. */
    boolean isStray() {
        return users != null
                && draft.ingresses().stream()
                        .map(Ingress::users)
                        .noneMatch(secret -> secret != null && users.source(secret) != null);
    }

    /** The Ingresses by which an edge may write. */
    List<Ingress> ways(EdgeName edge) {
        return draft.ingresses().stream()
                .filter(ingress -> edges(ingress).contains(edge))
                .toList();
    }

    private IngressLimits widest(List<Ingress> ways) {
        return IngressLimits.widest(ways.stream().map(draft::limits).toList());
    }

    /** Those of each edge. */
    Map<EdgeName, IngressLimits> limits() {
        Map<EdgeName, IngressLimits> limits = new LinkedHashMap<>();
        edges().forEach(edge -> limits.put(edge, widest(ways(edge))));
        return limits;
    }

    /** Those of all edges; null where they differ. */
    @Nullable
    IngressLimits commonLimits() {
        Set<IngressLimits> all = new LinkedHashSet<>(limits().values());
        return switch (all.size()) {
            case 0 -> widest(List.copyOf(draft.ingresses()));
            case 1 -> all.iterator().next();
            default -> null;
        };
    }

    /** True where an edge may write from some networks only. */
    boolean hasSources() {
        IngressLimits common = commonLimits();
        return common == null
                ? limits().values().stream()
                        .anyMatch(limits -> !limits.sources().isEmpty())
                : !common.sources().isEmpty();
    }

    /** True where other Ingresses have edges, and this one has none. */
    boolean isWithoutUsers(Ingress ingress) {
        return !edges().isEmpty() && edges(ingress).isEmpty();
    }

    /** What becomes of a limit of an Ingress, where it would be the finding by itself. */
    Finding held(Ingress ingress, IngressLimit limit, Finding alone) {
        if (isWithoutUsers(ingress)) {
            return Finding.left("no user of Secret " + ReportText.code(String.valueOf(ingress.users()))
                    + " was given, so there is no edge for it");
        }
        List<String> wider = wider(ingress, limit);
        return wider.isEmpty() ? alone : Finding.changed("not so for " + String.join("; nor for ", wider));
    }

    /** Which edges have another limit than that of the Ingress, which limit, and why. */
    List<String> wider(Ingress ingress, IngressLimit limit) {
        Map<String, Set<EdgeName>> byReason = new LinkedHashMap<>();
        if (edges().isEmpty()) {
            byReason.put(reason(ingress, limit, List.copyOf(draft.ingresses())), Set.of());
        }
        for (EdgeName edge : edges(ingress)) {
            byReason.computeIfAbsent(reason(ingress, limit, ways(edge)), reason -> new LinkedHashSet<>())
                    .add(edge);
        }
        byReason.remove("");
        List<String> sentences = new ArrayList<>();
        byReason.forEach((reason, whom) -> sentences.add((whom.equals(edges()) ? "any edge" : names(whom)) + reason));
        return sentences;
    }

    /** Why an edge with these Ingresses has another limit than that of one of them; empty where it has the same. */
    private String reason(Ingress ingress, IngressLimit limit, List<Ingress> ways) {
        String own = limit.of(draft.limits(ingress));
        String holds = limit.of(widest(ways));
        return holds.equals(own)
                ? ""
                : ", which may write by "
                        + ways.stream()
                                .filter(way -> !limit.of(draft.limits(way)).equals(own))
                                .map(Ingress::title)
                                .collect(Collectors.joining(", "))
                        + " too: " + holds;
    }

    static String names(Set<EdgeName> edges) {
        return edges.stream().map(EdgeName::value).collect(Collectors.joining(", "));
    }
}
