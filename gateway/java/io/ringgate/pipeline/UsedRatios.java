package io.ringgate.pipeline;

import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.limits.ConcurrentWrites;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Limit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much of its limits a tenant uses: a gauge for each limit that its policy files set, as long as they do. Of what each
 * edge has by itself, the gauge shows the edge that uses most.
 */
final class UsedRatios {

    private static final String GAUGE = "ringgate_limit_used_ratio";

    /** One gauge of a tenant: a rate of all its edges together, or what each edge has by itself. */
    private record Gauge(Limit limit, boolean perEdge) {
        String label() {
            return perEdge && limit.scale() == Limit.Scale.RATE ? "per_edge." + limit.key() : limit.key();
        }
    }

    private final Metrics metrics;
    private final ConcurrentWrites writes;
    private final ToIntFunction<EdgeName> connections;
    private final LongSupplier clock;
    private final Map<TenantId, Set<Gauge>> shown = new HashMap<>();

    UsedRatios(Metrics metrics, ConcurrentWrites writes, ToIntFunction<EdgeName> connections, LongSupplier clock) {
        this.metrics = metrics;
        this.writes = writes;
        this.connections = connections;
        this.clock = clock;
    }

    /** These tenants are configured now. */
    void show(Collection<TenantAccount> accounts) {
        Map<TenantId, Set<Gauge>> next = new HashMap<>();
        for (TenantAccount account : accounts) {
            Set<Gauge> gauges = gauges(account.policy());
            String tenant = account.tenant().value();
            if (!gauges.isEmpty()) {
                next.put(account.tenant(), gauges);
            }
            gauges.stream()
                    .filter(gauge ->
                            !shown.getOrDefault(account.tenant(), Set.of()).contains(gauge))
                    .forEach(gauge -> metrics.gauge(
                            GAUGE, () -> ratio(account, gauge), "tenant", tenant, "limit", gauge.label()));
        }
        shown.forEach((tenant, gauges) -> gauges.stream()
                .filter(gauge -> !next.getOrDefault(tenant, Set.of()).contains(gauge))
                .forEach(gauge -> metrics.dropGauge(GAUGE, "tenant", tenant.value(), "limit", gauge.label())));
        shown.clear();
        shown.putAll(next);
    }

    private static Set<Gauge> gauges(TenantPolicy policy) {
        Set<Gauge> gauges = new HashSet<>();
        add(gauges, policy.tenant(), false);
        add(gauges, policy.perEdge(), true);
        policy.edges().values().forEach(edge -> add(gauges, edge, true));
        return gauges;
    }

    private static void add(Set<Gauge> gauges, Policy policy, boolean perEdge) {
        policy.most().forEach((limit, most) -> {
            if (most != Policy.NO_LIMIT && (limit.scale() == Limit.Scale.RATE || isHeld(limit))) {
                gauges.add(new Gauge(limit, perEdge || isHeld(limit)));
            }
        });
    }

    /** What is held for a time: its use can be read at any moment. */
    private static boolean isHeld(Limit limit) {
        return limit == Limit.MAX_CONNECTIONS || limit == Limit.MAX_CONCURRENT_WRITES;
    }

    private double ratio(TenantAccount account, Gauge gauge) {
        long now = clock.getAsLong();
        if (!gauge.perEdge()) {
            return account.shared().usedRatio(gauge.limit(), now);
        }
        return account.edges().stream()
                .mapToDouble(edge -> isHeld(gauge.limit())
                        ? heldRatio(gauge.limit(), edge)
                        : edge.quota().usedRatio(gauge.limit(), now))
                .max()
                .orElse(0);
    }

    private double heldRatio(Limit limit, EdgeAccount edge) {
        int held = limit == Limit.MAX_CONNECTIONS ? connections.applyAsInt(edge.edge()) : writes.current(edge.share());
        return (double) held / edge.limits().configured(limit);
    }

    /** Every limit that the files set for the tenant, and for each of its edges. */
    TenantUse of(TenantAccount account) {
        TenantPolicy policy = account.policy();
        long now = clock.getAsLong();
        List<TenantUse.Line> lines = new ArrayList<>();
        for (Limit limit : Limit.values()) {
            if (limit.scale() == Limit.Scale.RATE) {
                add(lines, policy.tenant(), limit, null, account.shared().usedRatio(limit, now));
            } else if (!isHeld(limit)) {
                add(lines, policy.tenant(), limit, null, null);
            }
        }
        account.edges().stream()
                .sorted(Comparator.comparing(edge -> edge.edge().value()))
                .forEach(edge -> {
                    Policy own = policy.ofEdge(edge.edge());
                    for (Limit limit : Limit.values()) {
                        if (limit.scale() == Limit.Scale.RATE) {
                            add(lines, own, limit, edge, edge.quota().usedRatio(limit, now));
                        } else if (isHeld(limit)) {
                            add(lines, own.over(policy.tenant()), limit, edge, heldRatio(limit, edge));
                        } else {
                            add(lines, own, limit, edge, null);
                        }
                    }
                });
        return new TenantUse(account.tenant(), policy.tenant().observes(), lines);
    }

    private static void add(
            List<TenantUse.Line> lines, Policy policy, Limit limit, @Nullable EdgeAccount edge, @Nullable Double used) {
        if (policy.mostOf(limit) != Policy.NO_LIMIT) {
            boolean rate = limit.scale() == Limit.Scale.RATE;
            lines.add(new TenantUse.Line(
                    limit,
                    edge == null ? null : edge.edge(),
                    policy.mostOf(limit),
                    rate ? policy.burstOf(limit) : null,
                    rate ? policy.onLimitOf(limit) : null,
                    used));
        }
    }
}
