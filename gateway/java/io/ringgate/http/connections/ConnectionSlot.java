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

    private static final long NOT_VERIFYING = Long.MIN_VALUE;

    private final Connections connections;
    private final long since;
    private @Nullable InetSocketAddress origin;
    private boolean awaitsOrigin;
    private BooleanSupplier trusted = () -> true;
    private final List<EdgeName> edges = new ArrayList<>(1);
    private int tlsBytes;
    private int headBytes;
    private UnfinishedBytes.Holder holder;
    private boolean left;

    /** When we began to verify its credential; how long earlier verifications took. */
    private long verifyingSince = NOT_VERIFYING;

    private long waited;

    /** Changed under the lock of the places, read by any thread. */
    private volatile Network source;

    /** Guarded by the lock of the places. */
    ConnectionPlaces.Place place = ConnectionPlaces.Place.none();

    /** Written here, read to find the largest. */
    private volatile int held;

    /** Guarded by the lock of the unfinished bytes. */
    int leavingBytes;

    /** Any thread may evict it, also before {@link #closer} is set. */
    private @Nullable EvictionReason evicted;

    private @Nullable Consumer<EvictionReason> closer;

    ConnectionSlot(Connections connections, Network source, long nowNanos) {
        this.connections = connections;
        this.source = source;
        this.since = nowNanos;
        this.holder = connections.unauthenticatedBytes().join(source, this);
    }

    /** Sets what closes the connection when it is evicted; called at most once, by any thread. */
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
     * A proxy will name the client of the connection, before anything else.
     *
     * @param isTrusted whether the proxy is trusted at this moment
     */
    void awaitOrigin(BooleanSupplier isTrusted) {
        awaitsOrigin = true;
        trusted = isTrusted;
    }

    boolean isAwaitingOrigin() {
        return awaitsOrigin;
    }

    /** The connection comes from the proxy itself. True, since it may stay open. */
    boolean originIsProxy() {
        awaitsOrigin = false;
        return true;
    }

    /**
     * The proxy named this client. The connection counts for its source from now on; false when the connection is closed. A client
     * without an address goes on counting for its proxy: all such clients of all proxies would share one source otherwise.
     */
    boolean setOrigin(InetSocketAddress client, long nowNanos) {
        awaitsOrigin = false;
        origin = client;
        Address address = Address.of(client);
        if (left || address.equals(Address.NONE)) {
            return !left;
        }
        connections.move(this, address.source(), actual -> source = actual, nowNanos);
        connections.unauthenticatedBytes().leave(holder, this);
        holder = connections.unauthenticatedBytes().join(source, this);
        return true;
    }

    /** False when the proxy that named the client is not trusted any more: no further request is served. */
    public boolean isProxyTrusted() {
        return origin == null || trusted.getAsBoolean();
    }

    /**
     * The opposite, called between two requests: the connection is counted as refused and must be closed without an answer, as a
     * new one of that proxy would be.
     */
    public boolean lostProxyTrust(long nowNanos) {
        boolean lost = !isProxyTrusted();
        if (lost) {
            connections.proxyIsWithdrawn(source, nowNanos);
        }
        return lost;
    }

    /** The proxy sent an invalid header, or none. */
    void originIsBroken(long nowNanos) {
        connections.originIsBroken(source, nowNanos);
    }

    /** The endpoints of the socket, with the client that a proxy named, if one did. */
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
            connections.unauthenticatedBytes().leave(holder, this);
            holder = connections.authenticatedBytes().join(edge, this);
        }
        edges.add(edge);
        return counted;
    }

    public boolean isAuthenticated() {
        return !edges.isEmpty();
    }

    /** We begin to verify its credential. */
    public void verificationStarted(long nowNanos) {
        if (!isAuthenticated() && verifyingSince == NOT_VERIFYING) {
            verifyingSince = nowNanos;
            connections.setVerifying(this, true);
        }
    }

    /** The verification has ended, with any result. */
    public void verificationEnded(long nowNanos) {
        if (verifyingSince != NOT_VERIFYING) {
            waited += nowNanos - verifyingSince;
            verifyingSince = NOT_VERIFYING;
            connections.setVerifying(this, false);
        }
    }

    /** How long nobody has authenticated on it, without the time of our own verifications; 0 once an edge has. */
    public long unauthenticatedNanos(long nowNanos) {
        if (isAuthenticated()) {
            return 0;
        }
        long waiting = verifyingSince == NOT_VERIFYING ? 0 : nowNanos - verifyingSince;
        return nowNanos - since - waited - waiting;
    }

    /** Bytes buffered of an unfinished TLS record or handshake. */
    void setTlsBytes(int bytes) {
        tlsBytes = bytes;
        holds();
    }

    /** Bytes buffered of an unfinished or pipelined request. */
    public void setHeadBytes(int bytes) {
        headBytes = bytes;
        holds();
    }

    private void holds() {
        int before = held;
        int now = tlsBytes + headBytes;
        if (now != before && !left) {
            held = now;
            (isAuthenticated() ? connections.authenticatedBytes() : connections.unauthenticatedBytes())
                    .change(holder, now - before);
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
        (isAuthenticated() ? connections.authenticatedBytes() : connections.unauthenticatedBytes()).leave(holder, this);
        connections.leave(this, nowNanos);
        edges.forEach(connections::forgetEdge);
    }
}
