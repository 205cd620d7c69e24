package io.ringgate.http;

import io.ringgate.edge.Address;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.Network;
import io.ringgate.pipeline.Client;
import io.ringgate.tls.HandshakeFault;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection's place among the {@link Connections}. It counts for its source until the first edge is proven on it, and
 * from then on once for each edge that is: many clusters may share one address, and a proxy may carry several edges. On
 * its connection's event loop only.
 */
final class Visit {

    private final Connections connections;
    private Network source;
    private @Nullable InetSocketAddress origin;
    private boolean awaitsOrigin;
    private final List<EdgeName> edges = new ArrayList<>(1);
    private int held;
    private boolean left;

    Visit(Connections connections, Network source) {
        this.connections = connections;
        this.source = source;
    }

    /** A proxy will say where the connection comes from, before anything else. */
    void awaitsOrigin() {
        awaitsOrigin = true;
    }

    boolean isAwaitingOrigin() {
        return awaitsOrigin;
    }

    /** It comes from the proxy itself. True, since that one may stay. */
    boolean comesFromProxy() {
        awaitsOrigin = false;
        return true;
    }

    /** The proxy said so. From now on it counts for that source; false when there is no place for one more of it. */
    boolean comesFrom(InetSocketAddress client, long nowNanos) {
        awaitsOrigin = false;
        Network actual = Address.of(client).source();
        if (left || !connections.move(source, actual, nowNanos)) {
            return false;
        }
        source = actual;
        origin = client;
        return true;
    }

    /** Instead of saying it, the proxy said something that cannot be read, or nothing at all. */
    void originIsBroken(long nowNanos) {
        connections.originIsBroken(source, nowNanos);
    }

    /** Where it comes from, as far as a proxy has said otherwise than its socket. */
    Ends ends(Ends socket) {
        return origin == null ? socket : socket.from(origin);
    }

    /** Somebody has proven on this connection to be the edge; see {@link Client#proven}. */
    int proves(EdgeName edge, int most) {
        if (left || edges.contains(edge)) {
            return Client.COUNTED;
        }
        int count = connections.prove(edge, most);
        if (count == Client.NO_PLACE) {
            return count;
        }
        if (edges.isEmpty()) {
            connections.forgetSource(source);
        }
        edges.add(edge);
        return count;
    }

    /** How many bytes of an unfinished head are kept for it now. False when those of all connections are too many. */
    boolean holds(int bytes) {
        if (bytes == held || left) {
            return true;
        }
        boolean fits = connections.holds(bytes - held);
        held = bytes;
        return fits;
    }

    void handshakeFailed(HandshakeFault fault, long nowNanos, @Nullable Throwable cause) {
        connections.handshakes().add(fault, source, nowNanos, cause);
    }

    /** The connection has ended. Further calls do nothing. */
    void leave() {
        if (left) {
            return;
        }
        connections.holds(-held);
        left = true;
        connections.leave();
        if (edges.isEmpty()) {
            connections.forgetSource(source);
        }
        edges.forEach(connections::forgetEdge);
    }
}
