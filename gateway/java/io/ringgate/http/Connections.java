package io.ringgate.http;

import io.ringgate.config.ConnectionLimits;
import io.ringgate.edge.Address;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.Network;
import io.ringgate.metrics.Metrics;
import io.ringgate.pipeline.Client;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every client connection of the process, counted: all together, by source while nobody has proven anything on it, and by
 * edge from then on. The counts outlive any configuration; the limits are read anew for each connection. Any thread.
 */
public final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Supplier<ConnectionLimits> limits;
    private final HandshakeFailures handshakes;
    private final Metrics.Counter refusedByMax;
    private final Metrics.Counter refusedBySource;
    private final Metrics.Counter refusedByHeads;
    private final Metrics.Counter untrusted;
    private final Metrics.Counter brokenOrigins;
    private final Metrics.Counter redirects;
    private final OncePerSource log = new OncePerSource();

    /** Heads are half a kilobyte and come whole; nobody honest is in the way of this. */
    static final long MOST_HEAD_BYTES = 8 << 20;

    private final AtomicLong headBytes = new AtomicLong();
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<Network, Integer> unproven = new ConcurrentHashMap<>();
    private final ConcurrentMap<EdgeName, Integer> byEdge = new ConcurrentHashMap<>();

    /** @param limits those in force now */
    public Connections(Metrics metrics, Supplier<ConnectionLimits> limits) {
        this.limits = limits;
        this.handshakes = new HandshakeFailures(metrics);
        this.refusedByMax = metrics.counter("ringgate_connections_refused_total", "reason", "max");
        this.refusedBySource = metrics.counter("ringgate_connections_refused_total", "reason", "max_per_source");
        this.refusedByHeads = metrics.counter("ringgate_connections_refused_total", "reason", "unfinished_heads");
        this.untrusted = metrics.counter("ringgate_connections_refused_total", "reason", "untrusted_proxy");
        this.brokenOrigins = metrics.counter("ringgate_connections_refused_total", "reason", "bad_proxy_header");
        this.redirects = metrics.counter("ringgate_redirects_total");
        metrics.gauge("ringgate_connections_unproven", this::unproven);
        metrics.gauge("ringgate_connections_proven", this::proven);
    }

    /** The place of a new connection, to be left when it ends; null when there is none, and the socket is to be closed. */
    @Nullable
    Visit enter(@Nullable SocketAddress peer, TrustedProxies proxies, long nowNanos) {
        Address address = Address.of(peer);
        Network source = address.source();
        ConnectionLimits now = limits.get();
        boolean proxy = proxies.speaksForOthers(address);
        if (proxies.protocol() && !proxy) {
            refused(untrusted, "its listener has proxy_protocol and trusted_proxies lack it", source, nowNanos);
            return null;
        }
        if (!within(all.incrementAndGet(), now.max())) {
            all.decrementAndGet();
            refused(refusedByMax, "connections.max is " + now.max(), source, nowNanos);
            return null;
        }
        if (!fits(source, proxy ? now.max() : now.maxPerSource(), nowNanos)) {
            all.decrementAndGet();
            return null;
        }
        return new Visit(this, source);
    }

    private boolean fits(Network source, int most, long nowNanos) {
        boolean taken = take(unproven, source, most) != Client.NO_PLACE;
        if (!taken) {
            refused(refusedBySource, "connections.max_per_source is " + most, source, nowNanos);
        }
        return taken;
    }

    /** A connection of a proxy turns out to be this client's. False when he has as many as he may. */
    boolean move(Network proxy, Network client, long nowNanos) {
        if (!fits(client, limits.get().maxPerSource(), nowNanos)) {
            return false;
        }
        giveBack(unproven, proxy);
        return true;
    }

    void originIsBroken(Network proxy, long nowNanos) {
        refused(brokenOrigins, "it does not begin with a good header of the PROXY protocol", proxy, nowNanos);
    }

    private void refused(Metrics.Counter counter, String why, Network source, long nowNanos) {
        counter.increment();
        long unsaid = log.ask(source, nowNanos);
        if (unsaid != OncePerSource.SILENT) {
            LOG.warn("a connection of {} is closed unheard: {} ({} more unsaid)", source, why, unsaid);
        }
    }

    /**
     * Counts bytes of unfinished heads: they come before anybody is known and are in no reservation. False when there are too
     * many: then the connection that brought the last of them goes.
     */
    boolean holds(long more) {
        boolean fits = headBytes.addAndGet(more) <= MOST_HEAD_BYTES || more <= 0;
        if (!fits) {
            refusedByHeads.increment();
        }
        return fits;
    }

    /** A request was sent on to https. */
    void sentOn() {
        redirects.increment();
    }

    HandshakeFailures handshakes() {
        return handshakes;
    }

    ConnectionLimits limits() {
        return limits.get();
    }

    /** Counts one connection for the edge, and says how many it has now; {@link Client#NO_PLACE} when it has as many as it may. */
    int prove(EdgeName edge, int most) {
        return take(byEdge, edge, most);
    }

    /** Those on which the edge has proven itself. */
    public int of(EdgeName edge) {
        return byEdge.getOrDefault(edge, 0);
    }

    void forgetSource(Network source) {
        giveBack(unproven, source);
    }

    void forgetEdge(EdgeName edge) {
        giveBack(byEdge, edge);
    }

    void leave() {
        all.decrementAndGet();
    }

    long headBytes() {
        return headBytes.get();
    }

    /** All that are open now. */
    public int open() {
        return all.get();
    }

    private int unproven() {
        return unproven.values().stream().mapToInt(Integer::intValue).sum();
    }

    private int proven() {
        return byEdge.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static boolean within(int count, int most) {
        return count <= most;
    }

    private static <K> int take(ConcurrentMap<K, Integer> counts, K key, int most) {
        int[] taken = {Client.NO_PLACE};
        counts.compute(key, (k, before) -> {
            int count = before == null ? 0 : before;
            if (count >= most) {
                return before;
            }
            taken[0] = count + 1;
            return taken[0];
        });
        return taken[0];
    }

    private static <K> void giveBack(ConcurrentMap<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }
}
