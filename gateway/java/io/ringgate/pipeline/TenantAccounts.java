package io.ringgate.pipeline;

import io.ringgate.config.Identities;
import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.limits.ConcurrentWrites;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Limit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * The account of every tenant and its edges. Configured edges have theirs from the start, so that their use can be shown;
 * others get one with their first write. Any thread; configuration comes from one.
 */
public final class TenantAccounts {

    private static final Policy NOTHING = Policy.of(Map.of(
            Limit.MAX_PACKED, 0L, Limit.MAX_UNPACKED, 0L, Limit.MAX_CONNECTIONS, 0L, Limit.MAX_CONCURRENT_WRITES, 0L));

    private record Rules(Policies policies, Policy caps) {}

    private final Metrics metrics;
    private final ConcurrentWrites writes;
    private final EdgeRuntimes edges;
    private final UsedRatios ratios;
    private final LongSupplier clock;
    private final Map<TenantId, TenantAccount> tenants = new ConcurrentHashMap<>();
    private volatile Set<TenantId> configured = Set.of();
    private volatile Rules rules = new Rules(Policies.NONE, NOTHING);

    /**
     * Every write is refused before {@link #use}.
     *
     * @param writes gets the limit of all writes together
     * @param connections how many an edge has open
     * @param clock the scale of {@link System#nanoTime}
     */
    public TenantAccounts(
            Metrics metrics,
            ConcurrentWrites writes,
            EdgeRuntimes edges,
            ToIntFunction<EdgeName> connections,
            LongSupplier clock) {
        this.metrics = metrics;
        this.writes = writes;
        this.edges = edges;
        this.clock = clock;
        this.ratios = new UsedRatios(metrics, writes, connections, clock);
    }

    EdgeAccount of(TenantId tenant, EdgeRuntime edge) {
        return of(tenant).of(edge, clock.getAsLong());
    }

    private TenantAccount of(TenantId tenant) {
        TenantAccount known = tenants.get(tenant);
        return known == null ? open(tenant) : known;
    }

    /** Rules that change meanwhile miss an account that is not in the map yet, so they are read once more. */
    private TenantAccount open(TenantId tenant) {
        Rules first = rules;
        TenantAccount account = tenants.computeIfAbsent(
                tenant,
                id -> new TenantAccount(
                        id,
                        new ObserveModeCounts(metrics, id),
                        first.policies().of(id),
                        first.caps(),
                        clock.getAsLong()));
        Rules now = rules;
        if (!now.equals(first)) {
            account.use(now.policies().of(tenant), now.caps(), clock.getAsLong());
        }
        return account;
    }

    /**
     * From the next write on. Tenants whose policy is as before are not touched.
     *
     * @param caps of every edge whose policy says nothing
     */
    public synchronized void use(Policies policies, Policy caps, Identities identities) {
        Rules before = rules;
        rules = new Rules(policies, caps);
        writes.mostOfAll(policies.mostWrites());
        boolean all = !policies.defaults().equals(before.policies().defaults()) || !caps.equals(before.caps());
        long now = clock.getAsLong();
        tenants.forEach((tenant, account) -> {
            TenantPolicy own = policies.tenants().getOrDefault(tenant, TenantPolicy.NONE);
            if (all || !own.equals(before.policies().tenants().getOrDefault(tenant, TenantPolicy.NONE))) {
                account.use(policies.of(tenant), caps, now);
            }
        });
        Set<TenantId> seen = new HashSet<>();
        identities.edges().forEach(entry -> {
            of(entry.edge().tenant(), edges.of(entry.edge().name()));
            seen.add(entry.edge().tenant());
        });
        configured = Set.copyOf(seen);
        ratios.show(seen.stream().map(this::of).toList());
    }

    /** How much of their limits the configured tenants use now, by name. */
    public List<TenantUse> uses() {
        return configured.stream()
                .sorted(Comparator.comparing(TenantId::value))
                .map(this::of)
                .map(account -> ratios.of(account))
                .toList();
    }
}
