package io.ringgate.http.connections;

import io.ringgate.edge.Network;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The {@code connections.max} places for connections, and which connection is evicted when none is free.
 *
 * <pre>
 *   │◀──────────────────────── connections.max ───────────────────────▶│
 *   │ unknown sources: at most three quarters   │  kept free of them   │
 *   │ known sources, not authenticated yet, and authenticated ones: anywhere
 * </pre>
 *
 * <p>A connection is of an <em>unknown source</em> while no edge has authenticated on it, nor lately from its source. A new
 * connection evicts the first of unknown sources; where there is none, the first that is not authenticated. A source at its limit
 * of unauthenticated connections evicts its own first. The first is the oldest of the lowest {@link Rank}. An authenticated
 * connection is never evicted.
 *
 * <p>Any thread. One short lock, taken when a connection is opened, authenticates or ends, not for each request.
 */
final class ConnectionPlaces {

    /** One in so many places is kept free of connections from unknown sources. */
    private static final int KEPT_FREE = 4;

    /** Which is evicted first: the lowest rank, and of one rank the oldest. */
    enum Rank {
        /** It has sent nothing that costs us anything. */
        SILENT(0),
        /** Its handshake was admitted by {@link HandshakeRate}. */
        HANDSHAKE(1L << 60),
        /** We are verifying its credential. */
        VERIFYING(2L << 60);

        /** The keys of a rank are greater than all keys of the rank before, and ordered by age. */
        private final long first;

        Rank(long first) {
            this.first = first;
        }

        private long key(long order) {
            return first + order;
        }
    }

    private final KnownSources known = new KnownSources();

    /** The unauthenticated ones of each source, and all of unknown and of known sources: the next to evict comes first. */
    private final Map<Network, TreeMap<Long, ConnectionSlot>> bySource = new HashMap<>();

    private final TreeMap<Long, ConnectionSlot> fromUnknown = new TreeMap<>();
    private final TreeMap<Long, ConnectionSlot> fromKnown = new TreeMap<>();
    private long entered;

    /** Changed under the lock, read by anybody who counts. */
    private final AtomicInteger all = new AtomicInteger();

    /** False when no place is free and no connection can be evicted. */
    synchronized boolean enter(ConnectionSlot slot, int most, int mostOfSource, long nowNanos) {
        boolean isKnown = known.contains(slot.source(), nowNanos);
        makeRoomInSource(slot.source(), mostOfSource);
        while (all.get() >= most || (!isKnown && fromUnknown.size() >= most - most / KEPT_FREE)) {
            ConnectionSlot victim = first(fromUnknown);
            if (victim == null) {
                victim = first(fromKnown);
            }
            if (victim == null) {
                return false;
            }
            evict(victim, EvictionReason.MAX);
        }
        all.incrementAndGet();
        slot.place = new Place(++entered, isKnown);
        add(slot);
        return true;
    }

    /** The connection counts for another source than its socket's; {@code change} sets it there. */
    synchronized void move(ConnectionSlot slot, Network source, int mostOfSource, long nowNanos, Runnable change) {
        if (slot.place.gone) {
            return;
        }
        remove(slot);
        makeRoomInSource(source, mostOfSource);
        change.run();
        slot.place.isKnown = known.contains(source, nowNanos);
        add(slot);
    }

    private void makeRoomInSource(Network source, int most) {
        TreeMap<Long, ConnectionSlot> there = bySource.get(source);
        while (there != null && there.size() >= most) {
            evict(there.firstEntry().getValue(), EvictionReason.MAX_PER_SOURCE);
            there = bySource.get(source);
        }
    }

    /** An edge has authenticated on it: it is counted by edge now, and the other connections of its source become known. */
    synchronized void authenticated(ConnectionSlot slot, long nowNanos) {
        known.authenticated(slot.source(), nowNanos);
        if (!slot.place.gone) {
            remove(slot);
        }
        TreeMap<Long, ConnectionSlot> others = bySource.get(slot.source());
        if (others != null) {
            others.forEach((key, other) -> {
                if (!other.place.isKnown) {
                    fromUnknown.remove(key);
                    other.place.isKnown = true;
                    fromKnown.put(key, other);
                }
            });
        }
    }

    /** Sets its rank among the unauthenticated ones. */
    synchronized void setRank(ConnectionSlot slot, Rank rank) {
        if (slot.place.gone || slot.isAuthenticated()) {
            return;
        }
        remove(slot);
        slot.place.key = rank.key(slot.place.order);
        add(slot);
    }

    /** The connection has ended. */
    synchronized void leave(ConnectionSlot slot, boolean authenticated, long nowNanos) {
        if (authenticated) {
            known.authenticated(slot.source(), nowNanos);
        }
        if (!slot.place.gone) {
            drop(slot, authenticated);
        }
    }

    private void drop(ConnectionSlot slot, boolean authenticated) {
        if (!authenticated) {
            remove(slot);
        }
        slot.place.gone = true;
        all.decrementAndGet();
    }

    private void evict(ConnectionSlot victim, EvictionReason why) {
        drop(victim, false);
        victim.evict(why);
    }

    private void add(ConnectionSlot slot) {
        bySource.computeIfAbsent(slot.source(), source -> new TreeMap<>()).put(slot.place.key, slot);
        of(slot).put(slot.place.key, slot);
    }

    private void remove(ConnectionSlot slot) {
        TreeMap<Long, ConnectionSlot> there = bySource.get(slot.source());
        if (there != null) {
            there.remove(slot.place.key);
            if (there.isEmpty()) {
                bySource.remove(slot.source());
            }
        }
        of(slot).remove(slot.place.key);
    }

    private SortedMap<Long, ConnectionSlot> of(ConnectionSlot slot) {
        return slot.place.isKnown ? fromKnown : fromUnknown;
    }

    private static @Nullable ConnectionSlot first(SortedMap<Long, ConnectionSlot> slots) {
        return slots.isEmpty() ? null : slots.get(slots.firstKey());
    }

    synchronized boolean isKnown(Network source, long nowNanos) {
        return known.contains(source, nowNanos);
    }

    synchronized int unauthenticated() {
        return fromUnknown.size() + fromKnown.size();
    }

    int all() {
        return all.get();
    }

    /** The place of one connection. Guarded by the lock of the places. */
    static final class Place {

        /** Of a connection that has not entered yet. */
        static Place none() {
            Place none = new Place(0, false);
            none.gone = true;
            return none;
        }

        private final long order;
        private long key;
        private boolean isKnown;
        private boolean gone;

        private Place(long order, boolean isKnown) {
            this.order = order;
            this.key = Rank.SILENT.key(order);
            this.isKnown = isKnown;
        }
    }
}
