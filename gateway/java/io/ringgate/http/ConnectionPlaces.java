package io.ringgate.http;

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
    private final Map<Network, TreeMap<Long, Visit>> bySource = new HashMap<>();

    private final TreeMap<Long, Visit> strangers = new TreeMap<>();
    private final TreeMap<Long, Visit> fromKnown = new TreeMap<>();
    private long entered;

    /** Changed under the lock, read by anybody who counts. */
    private final AtomicInteger all = new AtomicInteger();

    /** False when there is no place and nobody who could be sent away for it. */
    synchronized boolean enter(Visit visit, int most, int mostOfSource, long nowNanos) {
        boolean isKnown = known.contains(visit.source(), nowNanos);
        makeRoomInSource(visit.source(), mostOfSource);
        while (all.get() >= most || (!isKnown && strangers.size() >= most - most / KEPT_FREE)) {
            Visit victim = first(strangers);
            if (victim == null) {
                victim = first(fromKnown);
            }
            if (victim == null) {
                return false;
            }
            evict(victim, Eviction.MAX);
        }
        all.incrementAndGet();
        visit.place = new Place(++entered, isKnown);
        add(visit);
        return true;
    }

    /** The connection is another source's than its socket's; {@code change} makes that known to it. */
    synchronized void move(Visit visit, Network source, int mostOfSource, long nowNanos, Runnable change) {
        if (visit.place.gone) {
            return;
        }
        remove(visit);
        makeRoomInSource(source, mostOfSource);
        change.run();
        visit.place.isKnown = known.contains(source, nowNanos);
        add(visit);
    }

    private void makeRoomInSource(Network source, int most) {
        TreeMap<Long, Visit> there = bySource.get(source);
        while (there != null && there.size() >= most) {
            evict(there.firstEntry().getValue(), Eviction.MAX_PER_SOURCE);
            there = bySource.get(source);
        }
    }

    /** An edge has authenticated on it: it is counted elsewhere now, and what else its source has open is known. */
    synchronized void authenticated(Visit visit, long nowNanos) {
        known.authenticated(visit.source(), nowNanos);
        if (!visit.place.gone) {
            remove(visit);
        }
        TreeMap<Long, Visit> others = bySource.get(visit.source());
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
    synchronized void rank(Visit visit, Rank rank) {
        if (visit.place.gone || visit.isAuthenticated()) {
            return;
        }
        remove(visit);
        visit.place.key = rank.key(visit.place.order);
        add(visit);
    }

    /** The connection has ended. */
    synchronized void leave(Visit visit, boolean authenticated, long nowNanos) {
        if (authenticated) {
            known.authenticated(visit.source(), nowNanos);
        }
        if (!visit.place.gone) {
            drop(visit, authenticated);
        }
    }

    private void drop(Visit visit, boolean authenticated) {
        if (!authenticated) {
            remove(visit);
        }
        visit.place.gone = true;
        all.decrementAndGet();
    }

    private void evict(Visit victim, Eviction why) {
        drop(victim, false);
        victim.evict(why);
    }

    private void add(Visit visit) {
        bySource.computeIfAbsent(visit.source(), source -> new TreeMap<>()).put(visit.place.key, visit);
        of(visit).put(visit.place.key, visit);
    }

    private void remove(Visit visit) {
        TreeMap<Long, Visit> there = bySource.get(visit.source());
        if (there != null) {
            there.remove(visit.place.key);
            if (there.isEmpty()) {
                bySource.remove(visit.source());
            }
        }
        of(visit).remove(visit.place.key);
    }

    private SortedMap<Long, Visit> of(Visit visit) {
        return visit.place.isKnown ? fromKnown : strangers;
    }

    private static @Nullable Visit first(SortedMap<Long, Visit> visits) {
        return visits.isEmpty() ? null : visits.get(visits.firstKey());
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
