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
 * All client connections of the process, counted: together, by source until an edge authenticates on them, and by edge from then
 * on; and the bytes that they make us buffer. The counts outlive any configuration; the limits are read for each new connection.
 * Any thread.
 */
public final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Unauthenticated connections may make us buffer a quarter of the direct memory, authenticated ones half of it. */
    private static final int UNAUTHENTICATED_PART = 4;

    private static final int AUTHENTICATED_PART = 2;

    /** The connections of one source may have half of what all unauthenticated ones may. */
    private static final int SOURCE_PART = 2;

    /**
     * What the process has.
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
    private final UnfinishedBytes unauthenticatedBytes;
    private final UnfinishedBytes authenticatedBytes;
    private final RetryAfter retryAfter = new RetryAfter();
    private final HandshakeFailures handshakes;
    private final Metrics.Counter refusedByMax;
    private final Metrics.Counter refusedByRate;
    private final Metrics.Counter untrusted;
    private final Metrics.Counter brokenOrigins;
    private final Metrics.Counter redirects;
    private final Metrics.Counter authenticationTimeouts;
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
        long ofUnauthenticated = capacity.directMemory() / UNAUTHENTICATED_PART;
        this.unauthenticatedBytes = new UnfinishedBytes(ofUnauthenticated, ofUnauthenticated / SOURCE_PART);
        long ofAuthenticated = capacity.directMemory() / AUTHENTICATED_PART;
        this.authenticatedBytes = new UnfinishedBytes(ofAuthenticated, ofAuthenticated);
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
        this.authenticationTimeouts =
                metrics.counter("ringgate_connections_evicted_total", "reason", "unauthenticated");
        metrics.gauge("ringgate_connections_max", this::most);
        metrics.gauge("ringgate_connections_unproven", places::unauthenticated);
        metrics.gauge("ringgate_connections_proven", this::proven);
        metrics.gauge("ringgate_unfinished_bytes", unauthenticatedBytes::bytes, "of", "strangers");
        metrics.gauge("ringgate_unfinished_bytes", authenticatedBytes::bytes, "of", "edges");
    }

    /** The slot of a new connection, to be left when it ends; null when there is none, and the socket must be closed. */
    public @Nullable ConnectionSlot enter(@Nullable SocketAddress peer, TrustedProxies proxies, long nowNanos) {
        Address address = Address.of(peer);
        Network source = address.source();
        boolean proxy = proxies.isProxy(address);
        if (proxies.protocol() && !proxy) {
            refused(
                    untrusted,
                    "listener has proxy_protocol, and the source is not in trusted_proxies",
                    source,
                    nowNanos);
            return null;
        }
        int most = most();
        ConnectionSlot slot = new ConnectionSlot(this, source, nowNanos);
        if (!places.enter(slot, most, proxy ? most : limits.get().maxPerSource(), nowNanos)) {
            slot.leave(nowNanos);
            refused(refusedByMax, "all " + most + " connections of connections.max are in use", source, nowNanos);
            return null;
        }
        return slot;
    }

    private int most() {
        return limits.get().max().orElse(capacity.places());
    }

    /** A proxy named the client of a connection: it counts for that client from now on. */
    void move(ConnectionSlot slot, Network client, Consumer<Network> change, long nowNanos) {
        places.move(slot, client, limits.get().maxPerSource(), nowNanos, () -> change.accept(client));
    }

    void originIsBroken(Network proxy, long nowNanos) {
        refused(brokenOrigins, "no valid PROXY protocol header", proxy, nowNanos);
    }

    void proxyIsWithdrawn(Network client, long nowNanos) {
        refused(untrusted, "its proxy was removed from trusted_proxies", client, nowNanos);
    }

    /** Whether a handshake may begin. A connection that has begun one is evicted after those that have sent nothing. */
    boolean admitsHandshake(ConnectionSlot slot, long nowNanos) {
        Network source = slot.source();
        if (handshakeRate.admits(source, places.isKnown(source, nowNanos), nowNanos)) {
            handshakesBegun.increment();
            places.setRank(slot, ConnectionPlaces.Rank.HANDSHAKE);
            return true;
        }
        refused(refusedByRate, "too many TLS handshakes from this source", source, nowNanos);
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

    /** A connection ends since nobody authenticated on it in time. Not logged: health probes do so all the time. */
    public void authenticationTimedOut() {
        authenticationTimeouts.increment();
    }

    /** A request was redirected to https. */
    public void redirected() {
        redirects.increment();
    }

    HandshakeFailures handshakes() {
        return handshakes;
    }

    UnfinishedBytes unauthenticatedBytes() {
        return unauthenticatedBytes;
    }

    /** When refused senders are told to retry. */
    public RetryAfter retryAfter() {
        return retryAfter;
    }

    UnfinishedBytes authenticatedBytes() {
        return authenticatedBytes;
    }

    public ConnectionLimits limits() {
        return limits.get();
    }

    void authenticated(ConnectionSlot slot, long nowNanos) {
        places.authenticated(slot, nowNanos);
    }

    /** We verify its credential now, or have ended that. */
    void setVerifying(ConnectionSlot slot, boolean verifying) {
        places.setRank(slot, verifying ? ConnectionPlaces.Rank.VERIFYING : ConnectionPlaces.Rank.HANDSHAKE);
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

    /** Bytes buffered for them outside of memory reservations: zero when nothing is in progress. */
    public long unfinishedBytes() {
        return unauthenticatedBytes.bytes() + authenticatedBytes.bytes();
    }

    private int proven() {
        return byEdge.values().stream().mapToInt(Integer::intValue).sum();
    }
}
