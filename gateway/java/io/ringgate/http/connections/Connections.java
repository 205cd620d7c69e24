package io.ringgate.http.connections;

import io.ringgate.config.ConnectionLimits;
import io.ringgate.edge.Address;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.Network;
import io.ringgate.limits.RetryAfter;
import io.ringgate.metrics.Metrics;
import io.ringgate.pipeline.WriteClient;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every client connection of the process, counted: all together, by source while nobody has authenticated on it, and by
 * edge from then on; and what they make us hold. The counts outlive any configuration; the limits are read again for each
 * connection. Any thread.
 */
public final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Parts of the direct memory that strangers, and that authenticated connections, may make us hold. */
    private static final int STRANGERS_PART = 4;

    private static final int EDGES_PART = 2;

    /** Of what strangers may hold, for one source. */
    private static final int SOURCE_PART = 2;

    /**
     * What the process has to give.
     *
     * @param places how many connections when the operator has set no {@code connections.max}
     * @param directMemory in bytes
     * @param processors that handshakes may be made on
     */
    public record Capacity(int places, long directMemory, int processors) {}

    private final Supplier<ConnectionLimits> limits;
    private final Capacity capacity;
    private final ConnectionPlaces places = new ConnectionPlaces();
    private final HandshakeRate handshakeRate;
    private final UnfinishedBytes strangersBytes;
    private final UnfinishedBytes edgesBytes;
    private final RetryAfter retryAfter = new RetryAfter();
    private final HandshakeFailures handshakes;
    private final Metrics.Counter refusedByMax;
    private final Metrics.Counter refusedByRate;
    private final Metrics.Counter untrusted;
    private final Metrics.Counter brokenOrigins;
    private final Metrics.Counter redirects;
    private final Metrics.Counter strange;
    private final Metrics.Counter handshakesBegun;
    private final Map<EvictionReason, Metrics.Counter> evictions = new EnumMap<>(EvictionReason.class);
    private final PerSourceLogLimiter log = new PerSourceLogLimiter();
    private final LongSupplier clock;

    private final ConcurrentMap<EdgeName, Integer> byEdge = new ConcurrentHashMap<>();

    /**
     * @param limits those in force now
     * @param clock the scale of {@link System#nanoTime}
     */
    public Connections(Metrics metrics, Supplier<ConnectionLimits> limits, Capacity capacity, LongSupplier clock) {
        this.limits = limits;
        this.capacity = capacity;
        this.clock = clock;
        this.handshakeRate = new HandshakeRate(capacity.processors(), clock.getAsLong());
        long ofStrangers = capacity.directMemory() / STRANGERS_PART;
        this.strangersBytes = new UnfinishedBytes(ofStrangers, ofStrangers / SOURCE_PART);
        long ofEdges = capacity.directMemory() / EDGES_PART;
        this.edgesBytes = new UnfinishedBytes(ofEdges, ofEdges);
        this.handshakes = new HandshakeFailures(metrics);
        this.refusedByMax = metrics.counter("ringgate_connections_refused_total", "reason", "max");
        this.refusedByRate = metrics.counter("ringgate_connections_refused_total", "reason", "handshake_rate");
        this.untrusted = metrics.counter("ringgate_connections_refused_total", "reason", "untrusted_proxy");
        this.brokenOrigins = metrics.counter("ringgate_connections_refused_total", "reason", "bad_proxy_header");
        this.handshakesBegun = metrics.counter("ringgate_tls_handshakes_total");
        this.redirects = metrics.counter("ringgate_redirects_total");
        for (EvictionReason why : EvictionReason.values()) {
            evictions.put(why, metrics.counter("ringgate_connections_evicted_total", "reason", why.label()));
        }
        this.strange = metrics.counter("ringgate_connections_evicted_total", "reason", "unauthenticated");
        metrics.gauge("ringgate_connections_max", this::most);
        metrics.gauge("ringgate_connections_unproven", places::unauthenticated);
        metrics.gauge("ringgate_connections_proven", this::proven);
        metrics.gauge("ringgate_unfinished_bytes", strangersBytes::bytes, "of", "strangers");
        metrics.gauge("ringgate_unfinished_bytes", edgesBytes::bytes, "of", "edges");
    }

    /** The place of a new connection, to be left when it ends; null when there is none, and the socket is to be closed. */
    public @Nullable ConnectionSlot enter(@Nullable SocketAddress peer, TrustedProxies proxies, long nowNanos) {
        Address address = Address.of(peer);
        Network source = address.source();
        boolean proxy = proxies.speaksForOthers(address);
        if (proxies.protocol() && !proxy) {
            refused(untrusted, "its listener has proxy_protocol and trusted_proxies lack it", source, nowNanos);
            return null;
        }
        int most = most();
        ConnectionSlot slot = new ConnectionSlot(this, source, nowNanos);
        if (!places.enter(slot, most, proxy ? most : limits.get().maxPerSource(), nowNanos)) {
            slot.leave(nowNanos);
            refused(refusedByMax, "connections.max is " + most, source, nowNanos);
            return null;
        }
        return slot;
    }

    private int most() {
        return limits.get().max().orElse(capacity.places());
    }

    /** A connection of a proxy turns out to be this client's. */
    void move(ConnectionSlot slot, Network client, Consumer<Network> change, long nowNanos) {
        places.move(slot, client, limits.get().maxPerSource(), nowNanos, () -> change.accept(client));
    }

    void originIsBroken(Network proxy, long nowNanos) {
        refused(brokenOrigins, "it does not begin with a good header of the PROXY protocol", proxy, nowNanos);
    }

    void proxyIsWithdrawn(Network client, long nowNanos) {
        refused(untrusted, "the proxy that named it is not in trusted_proxies any more", client, nowNanos);
    }

    /** Whoever has begun one goes after those who said nothing. */
    boolean admitsHandshake(ConnectionSlot slot, long nowNanos) {
        Network source = slot.source();
        if (handshakeRate.admits(source, places.isKnown(source, nowNanos), nowNanos)) {
            handshakesBegun.increment();
            places.rank(slot, ConnectionPlaces.Rank.SHAKING);
            return true;
        }
        refused(
                refusedByRate,
                "more TLS handshakes than a source may begin before anybody authenticates",
                source,
                nowNanos);
        return false;
    }

    private void refused(Metrics.Counter counter, String why, Network source, long nowNanos) {
        counter.increment();
        long suppressed = log.suppressed(source, nowNanos);
        if (suppressed != PerSourceLogLimiter.SUPPRESS) {
            LOG.atWarn()
                    .addKeyValue("source", source)
                    .addKeyValue("reason", why)
                    .addKeyValue("suppressed", suppressed)
                    .log("connection refused");
        }
    }

    void evicted(EvictionReason why, Network source) {
        Metrics.Counter counter = evictions.get(why);
        if (counter != null) {
            counter.increment();
        }
        long suppressed = log.suppressed(source, clock.getAsLong());
        if (suppressed != PerSourceLogLimiter.SUPPRESS) {
            LOG.atWarn()
                    .addKeyValue("source", source)
                    .addKeyValue("reason", why.words())
                    .addKeyValue("suppressed", suppressed)
                    .log("connection evicted");
        }
    }

    /** A connection ends since nobody has authenticated on it within the time for that; probes do so all the time. */
    public void staysStrange() {
        strange.increment();
    }

    /** A request was sent on to https. */
    public void sentOn() {
        redirects.increment();
    }

    HandshakeFailures handshakes() {
        return handshakes;
    }

    UnfinishedBytes strangersBytes() {
        return strangersBytes;
    }

    /** When their refused senders come again. */
    public RetryAfter retryAfter() {
        return retryAfter;
    }

    UnfinishedBytes edgesBytes() {
        return edgesBytes;
    }

    public ConnectionLimits limits() {
        return limits.get();
    }

    void authenticated(ConnectionSlot slot, long nowNanos) {
        places.authenticated(slot, nowNanos);
    }

    /** We check its credential, or do so no more. */
    void waitsForUs(ConnectionSlot slot, boolean waits) {
        places.rank(slot, waits ? ConnectionPlaces.Rank.WAITING_FOR_US : ConnectionPlaces.Rank.SHAKING);
    }

    /** Counts one connection for the edge, if it may have one more. */
    WriteClient.Connection count(EdgeName edge, int most) {
        int[] taken = {0};
        byEdge.compute(edge, (name, before) -> {
            int count = before == null ? 0 : before;
            if (count >= most) {
                return before;
            }
            taken[0] = count + 1;
            return taken[0];
        });
        return taken[0] == 0 ? WriteClient.Connection.LIMIT_REACHED : new WriteClient.Connection.Counted(taken[0]);
    }

    /** Those on which the edge has authenticated. */
    public int of(EdgeName edge) {
        return byEdge.getOrDefault(edge, 0);
    }

    void forgetEdge(EdgeName edge) {
        byEdge.computeIfPresent(edge, (name, count) -> count == 1 ? null : count - 1);
    }

    void leave(ConnectionSlot slot, long nowNanos) {
        places.leave(slot, slot.isAuthenticated(), nowNanos);
    }

    /** All that are open now. */
    public int open() {
        return places.all();
    }

    /** What they make us hold outside of reservations, in bytes: zero when nothing is under way. */
    public long unfinishedBytes() {
        return strangersBytes.bytes() + edgesBytes.bytes();
    }

    private int proven() {
        return byEdge.values().stream().mapToInt(Integer::intValue).sum();
    }
}
