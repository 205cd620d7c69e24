package io.ringgate.pipeline;

import io.ringgate.edge.Address;
import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses from which several edges authenticated within an hour. Where edges have {@code allowed_sources} that is a warning:
 * behind a load balancer that hides the clients' addresses all edges have the same one. Nothing is recorded while no edge has
 * {@code allowed_sources}.
 *
 * <p>Any thread. A write of an edge that was seen at its address a minute ago costs one look-up of the address.
 */
public final class SharedSources {

    private static final Logger LOG = LoggerFactory.getLogger(SharedSources.class);

    static final int MOST_ADDRESSES = 10_000;
    static final int MOST_EDGES = 16;

    private static final long HOUR = 3_600_000_000_000L;
    private static final long MINUTE = HOUR / 60;
    private static final long NEVER = Long.MIN_VALUE;

    private final ConcurrentMap<Address, Seen> table = new ConcurrentHashMap<>();
    private final LongSupplier clock;
    private final AtomicLong loggedAt = new AtomicLong(NEVER);
    private volatile boolean enabled;

    /** @param clock the scale of {@link System#nanoTime} */
    public SharedSources(Metrics metrics, LongSupplier clock) {
        this.clock = clock;
        metrics.gauge("ringgate_source_shared_by_edges", () -> shared().size());
    }

    /** One address, and the edges in the order of their names; long lists are cut. */
    public record Shared(Address address, List<EdgeName> edges) {

        public String warning() {
            return "address " + address + " presents the credentials of edges "
                    + edgeNames()
                    + ": where a load balancer hides the clients' addresses, allowed_sources cannot tell edges apart; keep them"
                    + " by externalTrafficPolicy: Local, by DSR, or by the PROXY protocol (proxy_protocol and trusted_proxies)";
        }

        private String edgeNames() {
            return edges.stream().map(EdgeName::value).collect(Collectors.joining(", "));
        }
    }

    private record Sight(EdgeName edge, long at) {}

    /** The edges of one address. Replaced as a whole, so that a reader needs no lock. */
    private static final class Seen {
        private volatile List<Sight> sights = List.of();
    }

    /** From now on some edge has {@code allowed_sources}, or none has. */
    public void enable(boolean some) {
        enabled = some;
        if (!some) {
            table.clear();
        }
    }

    /** A valid credential of the edge came from there. */
    void saw(Address address, EdgeName edge) {
        if (!enabled || address.equals(Address.NONE)) {
            return;
        }
        long now = clock.getAsLong();
        Seen seen = table.get(address);
        if (seen == null) {
            if (table.size() >= MOST_ADDRESSES && !forget(now)) {
                return;
            }
            seen = table.computeIfAbsent(address, key -> new Seen());
        }
        for (Sight sight : seen.sights) {
            if (sight.edge().equals(edge) && now - sight.at() < MINUTE) {
                return;
            }
        }
        add(address, seen, edge, now);
    }

    private void add(Address address, Seen seen, EdgeName edge, long now) {
        synchronized (seen) {
            List<Sight> sights = new ArrayList<>(seen.sights);
            sights.removeIf(sight -> sight.edge().equals(edge) || now - sight.at() >= HOUR);
            if (sights.size() < MOST_EDGES) {
                sights.add(new Sight(edge, now));
            }
            seen.sights = List.copyOf(sights);
        }
        if (seen.sights.size() > 1) {
            log(address, seen, now);
        }
    }

    /** Logs one address an hour, whichever it is: {@code /status} lists all. */
    private void log(Address address, Seen seen, long now) {
        long before = loggedAt.get();
        if ((before == NEVER || now - before >= HOUR) && loggedAt.compareAndSet(before, now)) {
            LOG.atWarn()
                    .addKeyValue("source", address)
                    .addKeyValue("edges", shared(address, seen, now).edgeNames())
                    .addKeyValue("sources", shared().size())
                    .log("several edges authenticate from one address, allowed_sources cannot tell them apart");
        }
    }

    /** Drops addresses that nobody came from for an hour. True when there is room again. */
    private boolean forget(long now) {
        Iterator<Seen> all = table.values().iterator();
        while (all.hasNext()) {
            if (all.next().sights.stream().allMatch(sight -> now - sight.at() >= HOUR)) {
                all.remove();
            }
        }
        return table.size() < MOST_ADDRESSES;
    }

    /** Those of the last hour. */
    public List<Shared> shared() {
        long now = clock.getAsLong();
        List<Shared> all = new ArrayList<>();
        for (Map.Entry<Address, Seen> entry : table.entrySet()) {
            Shared one = shared(entry.getKey(), entry.getValue(), now);
            if (one.edges().size() > 1) {
                all.add(one);
            }
        }
        return all;
    }

    private static Shared shared(Address address, Seen seen, long now) {
        return new Shared(
                address,
                seen.sights.stream()
                        .filter(sight -> now - sight.at() < HOUR)
                        .map(Sight::edge)
                        .sorted(Comparator.comparing(EdgeName::value))
                        .toList());
    }

    int size() {
        return table.size();
    }
}
