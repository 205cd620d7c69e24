package io.ringgate.http.connections;

import io.ringgate.edge.Network;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who has one of {@code connections.max} places, and who goes when there is none left.
 *
 * <pre>
 *   │◀──────────────────────── connections.max ───────────────────────▶│
 *   │ strangers: at most three quarters         │  kept free of them   │
 *   │ known sources, not authenticated yet, and authenticated ones: anywhere
 * </pre>
 *
 * <p>A connection is a <em>stranger</em> while nobody has authenticated on it and nobody has lately from its source. Who
 * comes when it is full takes the place of the oldest stranger; where there is none, that of the oldest that has not
 * authenticated. A source that has as many unauthenticated connections as it may gives up its own oldest. Who has said nothing
 * yet goes before who has begun a handshake, whose credential we are checking goes last. Who has authenticated is never sent
 * away.
 *
 * <p>Any thread. One short lock, taken when a connection comes, authenticates or goes, not for each request.
 */
final class ConnectionPlaces {

    /** One in so many places is kept free of strangers. */
    private static final int KEPT_FREE = 4;

    /** Who goes first: of one rank the oldest. */
    enum Rank {
        /** It has said nothing that costs anything. */
        SILENT(0),
        /** Its handshake was admitted, of which there is a rate. */
        SHAKING(1L << 60),
        /** We are checking its credential. */
        WAITING_FOR_US(2L << 60);

        /** Keys of a rank lie behind all keys of the one before, in the order of coming. */
        private final long first;

        Rank(long first) {
            this.first = first;
        }

        private long key(long order) {
            return first + order;
        }
    }

    private final KnownSources known = new KnownSources();

    /** Unauthenticated ones of each source, and all of unknown and of known sources: the one to go first comes first. */
    private final Map<Network, TreeMap<Long, ConnectionSlot>> bySource = new HashMap<>();

    private final TreeMap<Long, ConnectionSlot> strangers = new TreeMap<>();
    private final TreeMap<Long, ConnectionSlot> fromKnown = new TreeMap<>();
    private long entered;

    /** Changed under the lock, read by anybody who counts. */
    private final AtomicInteger all = new AtomicInteger();

    /** False when there is no place and nobody who could be sent away for it. */
    synchronized boolean enter(ConnectionSlot slot, int most, int mostOfSource, long nowNanos) {
        boolean isKnown = known.contains(slot.source(), nowNanos);
        makeRoomInSource(slot.source(), mostOfSource);
        while (all.get() >= most || (!isKnown && strangers.size() >= most - most / KEPT_FREE)) {
            ConnectionSlot victim = first(strangers);
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

    /** The connection is another source's than its socket's; {@code change} makes that known to it. */
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

    /** An edge has authenticated on it: it is counted elsewhere now, and what else its source has open is known. */
    synchronized void authenticated(ConnectionSlot slot, long nowNanos) {
        known.authenticated(slot.source(), nowNanos);
        if (!slot.place.gone) {
            remove(slot);
        }
        TreeMap<Long, ConnectionSlot> others = bySource.get(slot.source());
        if (others != null) {
            others.forEach((key, other) -> {
                if (!other.place.isKnown) {
                    strangers.remove(key);
                    other.place.isKnown = true;
                    fromKnown.put(key, other);
                }
            });
        }
    }

    /** It has this rank among the unauthenticated from now on. */
    synchronized void rank(ConnectionSlot slot, Rank rank) {
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
        return slot.place.isKnown ? fromKnown : strangers;
    }

    private static @Nullable ConnectionSlot first(SortedMap<Long, ConnectionSlot> slots) {
        return slots.isEmpty() ? null : slots.get(slots.firstKey());
    }

    synchronized boolean isKnown(Network source, long nowNanos) {
        return known.contains(source, nowNanos);
    }

    synchronized int unauthenticated() {
        return strangers.size() + fromKnown.size();
    }

    int all() {
        return all.get();
    }

    /** Where a connection stands here. Guarded by the lock of the places. */
    static final class Place {

        /** Of a connection that has not come yet. */
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
