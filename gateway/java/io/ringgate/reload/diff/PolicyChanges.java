package io.ringgate.reload.diff;

import io.ringgate.config.OnLimit;
import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.reject.Limit;
import io.ringgate.reload.LoadedPolicies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes what a change of limits does, for the log and the answer. */
public final class PolicyChanges {

    private static final int MOST_NAMES = 20;

    private final List<String> parts = new ArrayList<>();

    private PolicyChanges() {}

    /** Of one file: "requests_per_second 100 -> 200, per_edge.max_connections not set -> 50". */
    public static String between(TenantPolicy now, TenantPolicy next) {
        PolicyChanges changes = new PolicyChanges();
        changes.policy("", now.tenant(), next.tenant());
        changes.policy("per_edge.", now.perEdge(), next.perEdge());
        Set<EdgeName> edges = new TreeSet<>((one, other) -> one.value().compareTo(other.value()));
        edges.addAll(now.edges().keySet());
        edges.addAll(next.edges().keySet());
        for (EdgeName edge : edges) {
            changes.policy(
                    "edges." + edge + ".",
                    now.edges().getOrDefault(edge, Policy.NONE),
                    next.edges().getOrDefault(edge, Policy.NONE));
        }
        return String.join(", ", changes.parts);
    }

    /** Of which tenants have a policy: "1 added (team-a), 2 removed (team-b, team-c)". */
    public static String files(Set<TenantId> now, Set<TenantId> next) {
        List<String> parts = new ArrayList<>();
        names(parts, minus(next, now), "added");
        names(parts, minus(now, next), "removed");
        return String.join(", ", parts);
    }

    /** Of all of them at once. */
    public static String between(LoadedPolicies now, LoadedPolicies next) {
        List<String> parts = new ArrayList<>();
        Map<TenantId, TenantPolicy> before = now.policies().tenants();
        Map<TenantId, TenantPolicy> after = next.policies().tenants();
        String files = files(before.keySet(), after.keySet());
        if (!files.isEmpty()) {
            parts.add(files);
        }
        named(
                parts,
                "default",
                between(now.policies().defaults(), next.policies().defaults()));
        for (TenantId tenant : new TreeSet<>(after.keySet())) {
            TenantPolicy known = before.get(tenant);
            if (known != null && parts.size() <= MOST_NAMES) {
                named(parts, tenant.value(), between(known, Objects.requireNonNull(after.get(tenant))));
            }
        }
        return String.join("; ", parts);
    }

    private static void named(List<String> parts, String whose, String changes) {
        if (!changes.isEmpty()) {
            parts.add(whose + ": " + changes);
        }
    }

    private static Collection<TenantId> minus(Set<TenantId> all, Set<TenantId> some) {
        Set<TenantId> left = new TreeSet<>(all);
        left.removeAll(some);
        return left;
    }

    private static void names(List<String> parts, Collection<TenantId> tenants, String what) {
        if (!tenants.isEmpty()) {
            String first =
                    tenants.stream().limit(MOST_NAMES).map(TenantId::value).collect(Collectors.joining(", "));
            parts.add(tenants.size() + " " + what + " (" + first
                    + (tenants.size() > MOST_NAMES ? " and " + (tenants.size() - MOST_NAMES) + " more" : "") + ")");
        }
    }

    private void policy(String path, Policy now, Policy next) {
        for (Limit limit : Limit.values()) {
            add(
                    path + limit.key(),
                    number(now.most().get(limit)),
                    number(next.most().get(limit)));
            add(
                    path + limit.key() + ".burst",
                    now.bursts().get(limit),
                    next.bursts().get(limit));
            add(
                    path + limit.key() + ".on_limit",
                    word(now.onLimit().get(limit)),
                    word(next.onLimit().get(limit)));
        }
        add(path + "observe", now.observe(), next.observe());
        add(path + "delay_status", now.delayStatus(), next.delayStatus());
        add(path + "weight", now.weight(), next.weight());
    }

    private static @Nullable Object number(@Nullable Long most) {
        return most != null && most == Policy.NO_LIMIT ? "none" : most;
    }

    /** As a policy file says it. */
    private static @Nullable String word(@Nullable OnLimit then) {
        return then == null ? null : then.name().toLowerCase(Locale.ROOT);
    }

    private void add(String key, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            parts.add(key + " " + (before == null ? "not set" : before) + " -> " + (after == null ? "not set" : after));
        }
    }
}
