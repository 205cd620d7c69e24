package io.ringgate.auth;

import io.ringgate.edge.Network;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a proof, and who is next.
 *
 * <p>Sources have a rank: one where somebody has proven himself before comes before strangers, then the one that failed less
 * lately. Every second turn goes to the first by rank, so that who has just come does not stand behind everybody who guesses;
 * the others go round, so that nobody is left out. One source has at most half of the places, and when there is none the
 * newest proof of the last by rank leaves. Whoever owns it guards it.
 */
final class WaitingRoom {

    /** Sources whose past is remembered, of either kind: those that have proven somebody, and strangers. */
    static final int MOST_REMEMBERED = 10_000;

    private final int places;

    /** In both the one that was asked for longest ago comes first. */
    private final Map<Network, Source> known = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Network, Source> strangers = new LinkedHashMap<>(16, 0.75f, true);

    /** Those with somebody waiting; the one that was served longest ago comes first. */
    private final Set<Source> waiting = new LinkedHashSet<>();

    private int taken;
    private boolean round;

    WaitingRoom(int places) {
        this.places = places;
    }

    /** One proof that waits. */
    record Waiting(Network source, String claimed, Proving.Proof proof, long sinceNanos) {}

    /** Where proofs come from. */
    private static final class Source {
        private final Deque<Waiting> proofs = new ArrayDeque<>();
        private final LateFailures failures = new LateFailures();
        private boolean hasProven;

        /** Less is better. */
        long rank(long nowNanos) {
            return (hasProven ? 0 : 1L << Integer.SIZE) + failures.count(nowNanos);
        }
    }

    /** Who has no place by this: nobody, which is null, the one that came, or one that was there and waits no more. */
    @Nullable
    Waiting enter(Waiting proof) {
        Source source = source(proof.source());
        if (source.proofs.size() >= places / 2) {
            return proof;
        }
        Waiting leaves = null;
        if (taken == places) {
            Source last = last(source, proof.sinceNanos());
            if (last == source) {
                return proof;
            }
            leaves = last.proofs.removeLast();
            taken--;
            if (last.proofs.isEmpty()) {
                waiting.remove(last);
            }
        }
        source.proofs.add(proof);
        waiting.add(source);
        taken++;
        return leaves;
    }

    /** Of those alike in rank the one with the most waiting, if that is really more than the newcomer would have. */
    private Source last(Source newcomer, long nowNanos) {
        Source last = newcomer;
        long rank = newcomer.rank(nowNanos);
        int most = newcomer.proofs.size() + 1;
        for (Source other : waiting) {
            long its = other.rank(nowNanos);
            int length = other.proofs.size();
            if (its > rank || (its == rank && length > most)) {
                last = other;
                rank = its;
                most = length;
            }
        }
        return last;
    }

    /** Whose turn it is; he waits no more. Null when nobody does. */
    @Nullable
    Waiting next(long nowNanos) {
        if (waiting.isEmpty()) {
            return null;
        }
        round = !round;
        Source chosen = round ? first(nowNanos) : waiting.iterator().next();
        Waiting proof = chosen.proofs.remove();
        taken--;
        waiting.remove(chosen);
        if (!chosen.proofs.isEmpty()) {
            waiting.add(chosen);
        }
        return proof;
    }

    /** Of those alike in rank the one that was served longest ago. */
    private Source first(long nowNanos) {
        Source first = waiting.iterator().next();
        long rank = Long.MAX_VALUE;
        for (Source other : waiting) {
            long its = other.rank(nowNanos);
            if (its < rank) {
                first = other;
                rank = its;
            }
        }
        return first;
    }

    void proven(Network network) {
        Source source = source(network);
        source.hasProven = true;
        strangers.remove(network);
        known.put(network, source);
        forget(known, source);
    }

    void failed(Network network, long nowNanos) {
        source(network).failures.add(nowNanos);
    }

    private Source source(Network network) {
        Source source = known.get(network);
        if (source == null) {
            source = strangers.computeIfAbsent(network, key -> new Source());
            forget(strangers, source);
        }
        return source;
    }

    /** What waits is few, so one that does not is soon found. */
    private static void forget(Map<Network, Source> sources, Source but) {
        Iterator<Source> oldest = sources.values().iterator();
        while (sources.size() > MOST_REMEMBERED) {
            Source other = oldest.next();
            if (other != but && other.proofs.isEmpty()) {
                oldest.remove();
            }
        }
    }

    int length() {
        return taken;
    }

    int remembered() {
        return known.size() + strangers.size();
    }
}
