package io.ringgate.http.connections;

import io.ringgate.edge.Address;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.Network;
import io.ringgate.pipeline.WriteClient;
import io.ringgate.tls.HandshakeFault;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection's place among the {@link Connections}. It counts for its source until the first edge authenticates on it,
 * and from then on once for each edge that does: many clusters may share one address, and a proxy may carry several edges.
 * On its connection's event loop only, but where it says otherwise.
 */
public final class ConnectionSlot {

    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final Connections connections;
    private final long since;
    private @Nullable InetSocketAddress origin;
    private boolean awaitsOrigin;
    private BooleanSupplier trusted = () -> true;
    private final List<EdgeName> edges = new ArrayList<>(1);
    private int heldByTls;
    private int heldByHead;
    private UnfinishedBytes.Holder holder;
    private boolean left;

    /** When we began to check its credential; how long that took before. */
    private long waitsSince = NOT_WAITING;

    private long waited;

    /** Changed under the lock of the places, read by any thread that has seen it come. */
    private volatile Network source;

    /** Guarded by the lock of the places. */
    ConnectionPlaces.Place place = ConnectionPlaces.Place.none();

    /** Written here, read by whoever looks for the largest. */
    private volatile int held;

    /** Guarded by the lock of the bytes held. */
    int leavingBytes;

    /** Any thread may send it away, also before there is anybody to close it. */
    private @Nullable EvictionReason evicted;

    private @Nullable Consumer<EvictionReason> closer;

    ConnectionSlot(Connections connections, Network source, long nowNanos) {
        this.connections = connections;
        this.source = source;
        this.since = nowNanos;
        this.holder = connections.strangersBytes().join(source, this);
    }

    /** Who closes the connection when it is sent away; called at most once, by any thread. */
    public void onEviction(Consumer<EvictionReason> close) {
        EvictionReason already;
        synchronized (this) {
            closer = close;
            already = evicted;
        }
        if (already != null) {
            close.accept(already);
        }
    }

    /** Any thread. */
    void evict(EvictionReason why) {
        Consumer<EvictionReason> close;
        synchronized (this) {
            if (evicted != null) {
                return;
            }
            evicted = why;
            close = closer;
        }
        connections.evicted(why, source);
        if (close != null) {
            close.accept(why);
        }
    }

    Network source() {
        return source;
    }

    /**
     * A proxy will say where the connection comes from, before anything else.
     *
     * @param isTrusted whether what it says counts now
     */
    void awaitsOrigin(BooleanSupplier isTrusted) {
        awaitsOrigin = true;
        trusted = isTrusted;
    }

    boolean isAwaitingOrigin() {
        return awaitsOrigin;
    }

    /** It comes from the proxy itself. True, since that one may stay. */
    boolean comesFromProxy() {
        awaitsOrigin = false;
        return true;
    }

    /**
     * The proxy said so. From now on it counts for that source; false when the connection is over. A client without an
     * address goes on counting for its proxy: all such clients of all proxies would share one source otherwise.
     */
    boolean comesFrom(InetSocketAddress client, long nowNanos) {
        awaitsOrigin = false;
        origin = client;
        Address address = Address.of(client);
        if (left || address.equals(Address.NONE)) {
            return !left;
        }
        connections.move(this, address.source(), actual -> source = actual, nowNanos);
        connections.strangersBytes().leave(holder, this);
        holder = connections.strangersBytes().join(source, this);
        return true;
    }

    /** False when a proxy named the client that is not trusted any more: no further request is served. */
    public boolean isBelieved() {
        return origin == null || trusted.getAsBoolean();
    }

    /**
     * The opposite, asked between two requests: then the connection is counted as refused and is to be closed, without an
     * answer, as a new one of that proxy would be.
     */
    public boolean isDisowned(long nowNanos) {
        boolean disowned = !isBelieved();
        if (disowned) {
            connections.proxyIsWithdrawn(source, nowNanos);
        }
        return disowned;
    }

    /** Instead of saying it, the proxy said something that cannot be read, or nothing at all. */
    void originIsBroken(long nowNanos) {
        connections.originIsBroken(source, nowNanos);
    }

    /** Where it comes from, as far as a proxy has said otherwise than its socket. */
    public Endpoints endpoints(Endpoints socket) {
        return origin == null ? socket : socket.from(origin);
    }

    /** Whether a handshake may begin. */
    boolean admitsHandshake(long nowNanos) {
        return connections.admitsHandshake(this, nowNanos);
    }

    /** An edge has authenticated on this connection; see {@link WriteClient#authenticated}. */
    public WriteClient.Connection authenticated(EdgeName edge, int most, long nowNanos) {
        if (left || edges.contains(edge)) {
            return WriteClient.Connection.COUNTED_BEFORE;
        }
        WriteClient.Connection counted = connections.count(edge, most);
        if (counted instanceof WriteClient.Connection.LimitReached) {
            return counted;
        }
        if (edges.isEmpty()) {
            connections.authenticated(this, nowNanos);
            connections.strangersBytes().leave(holder, this);
            holder = connections.edgesBytes().join(edge, this);
        }
        edges.add(edge);
        return counted;
    }

    public boolean isAuthenticated() {
        return !edges.isEmpty();
    }

    /** From now on it waits for us to check its credential. */
    public void waitsForUs(long nowNanos) {
        if (!isAuthenticated() && waitsSince == NOT_WAITING) {
            waitsSince = nowNanos;
            connections.waitsForUs(this, true);
        }
    }

    /** The credential was checked, whatever came of it. */
    public void waitsNoMore(long nowNanos) {
        if (waitsSince != NOT_WAITING) {
            waited += nowNanos - waitsSince;
            waitsSince = NOT_WAITING;
            connections.waitsForUs(this, false);
        }
    }

    /** How long nobody has authenticated on it, without the time that our own checks took; 0 once somebody has. */
    public long strangeNanos(long nowNanos) {
        if (isAuthenticated()) {
            return 0;
        }
        long waiting = waitsSince == NOT_WAITING ? 0 : nowNanos - waitsSince;
        return nowNanos - since - waited - waiting;
    }

    /** So much is kept of an unfinished TLS record or handshake. */
    void holdsByTls(int bytes) {
        heldByTls = bytes;
        holds();
    }

    /** So much came from the client and is not wanted yet. */
    public void holdsByHead(int bytes) {
        heldByHead = bytes;
        holds();
    }

    private void holds() {
        int before = held;
        int now = heldByTls + heldByHead;
        if (now != before && !left) {
            held = now;
            (isAuthenticated() ? connections.edgesBytes() : connections.strangersBytes()).change(holder, now - before);
        }
    }

    /** Any thread. */
    int held() {
        return held;
    }

    void handshakeFailed(HandshakeFault fault, long nowNanos, @Nullable Throwable cause) {
        connections.handshakes().add(fault, source, nowNanos, cause);
    }

    /** The connection has ended. Further calls do nothing. */
    public void leave(long nowNanos) {
        if (left) {
            return;
        }
        left = true;
        (isAuthenticated() ? connections.edgesBytes() : connections.strangersBytes()).leave(holder, this);
        connections.leave(this, nowNanos);
        edges.forEach(connections::forgetEdge);
    }
}
