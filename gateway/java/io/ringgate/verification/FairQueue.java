package io.ringgate.verification;

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
 * The checks that wait, and which of them is next.
 *
 * <p>Sources have a rank: one that has authenticated before comes before strangers, then the one that failed less lately.
 * Every second turn goes to the first by rank, so that a newcomer does not wait behind everybody who guesses; the others go
 * round, so that none is left out. One source has at most half of the places and runs only so many checks at a time; when no
 * place is free, the newest check of the last by rank leaves. Its owner guards it.
 */
final class FairQueue {

    /** Sources that are remembered, of either kind: those that have authenticated, and strangers. */
    static final int MAX_REMEMBERED = 10_000;

    /** In both the one that was asked for longest ago comes first. */
    private final Map<Network, Source> authenticated = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Network, Source> strangers = new LinkedHashMap<>(16, 0.75f, true);

    /** Those with a check waiting; the one that was served longest ago comes first. */
    private final Set<Source> waiting = new LinkedHashSet<>();

    private int places;
    private int maxRunning;
    private int length;
    private boolean byRank;

    /** @param maxRunning checks of one source at a time */
    FairQueue(int places, int maxRunning) {
        resize(places, maxRunning);
    }

    /** What waits beyond the new places keeps its own. */
    void resize(int newPlaces, int newMaxRunning) {
        places = newPlaces;
        maxRunning = newMaxRunning;
    }

    /** One check that waits. */
    record Waiting(Network source, String claimed, VerificationExecutor.Task task, long sinceNanos) {}

    /** Where checks come from. */
    private static final class Source {

        private final Deque<Waiting> queue = new ArrayDeque<>();
        private final RecentFailures failures = new RecentFailures();
        private boolean hasAuthenticated;
        private int running;

        /** Less is better. */
        long rank(long nowNanos) {
            return (hasAuthenticated ? 0 : 1L << Integer.SIZE) + failures.count(nowNanos);
        }

        boolean isIdle() {
            return queue.isEmpty() && running == 0;
        }
    }

    /** Which check has no place by this: none, which is null; the one that came; or one that waited. */
    @Nullable
    Waiting add(Waiting check) {
        Source source = source(check.source());
        if (source.queue.size() >= places / 2) {
            return check;
        }
        Waiting leaves = null;
        if (length >= places) {
            Source last = last(source, check.sinceNanos());
            if (last == source) {
                return check;
            }
            leaves = last.queue.removeLast();
            length--;
            if (last.queue.isEmpty()) {
                waiting.remove(last);
            }
        }
        source.queue.add(check);
        waiting.add(source);
        length++;
        return leaves;
    }

    /** Of those alike in rank the one with the most waiting, if that is really more than the newcomer would have. */
    private Source last(Source newcomer, long nowNanos) {
        Source last = newcomer;
        long rank = newcomer.rank(nowNanos);
        int most = newcomer.queue.size() + 1;
        for (Source other : waiting) {
            long otherRank = other.rank(nowNanos);
            int size = other.queue.size();
            if (otherRank > rank || (otherRank == rank && size > most)) {
                last = other;
                rank = otherRank;
                most = size;
            }
        }
        return last;
    }

    /** The next check, which runs from now on until it is finished. Null when none may run. */
    @Nullable
    Waiting next(long nowNanos) {
        Source chosen = choose(!byRank, nowNanos);
        if (chosen == null) {
            return null;
        }
        byRank = !byRank;
        Waiting check = chosen.queue.remove();
        chosen.running++;
        length--;
        waiting.remove(chosen);
        if (!chosen.queue.isEmpty()) {
            waiting.add(chosen);
        }
        return check;
    }

    /** The one that was served longest ago, by rank only of those alike in it. */
    private @Nullable Source choose(boolean firstByRank, long nowNanos) {
        Source first = null;
        long rank = Long.MAX_VALUE;
        for (Source other : waiting) {
            if (other.running >= maxRunning) {
                continue;
            }
            if (!firstByRank) {
                return other;
            }
            long otherRank = other.rank(nowNanos);
            if (otherRank < rank) {
                first = other;
                rank = otherRank;
            }
        }
        return first;
    }

    /** A check of this source runs no more. */
    void finished(Network network) {
        source(network).running--;
    }

    void authenticated(Network network) {
        Source source = source(network);
        source.hasAuthenticated = true;
        strangers.remove(network);
        authenticated.put(network, source);
        forget(authenticated, source);
    }

    void failed(Network network, long nowNanos) {
        source(network).failures.add(nowNanos);
    }

    private Source source(Network network) {
        Source source = authenticated.get(network);
        if (source == null) {
            source = strangers.computeIfAbsent(network, key -> new Source());
            forget(strangers, source);
        }
        return source;
    }

    /** Few sources wait or run, so one that does neither is soon found. */
    private static void forget(Map<Network, Source> sources, Source but) {
        Iterator<Source> oldest = sources.values().iterator();
        while (sources.size() > MAX_REMEMBERED) {
            Source other = oldest.next();
            if (other != but && other.isIdle()) {
                oldest.remove();
            }
        }
    }

    int length() {
        return length;
    }

    int remembered() {
        return authenticated.size() + strangers.size();
    }
}
