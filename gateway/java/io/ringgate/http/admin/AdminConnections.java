package io.ringgate.http.admin;

import io.netty.channel.Channel;
import io.ringgate.edge.Network;
import io.ringgate.metrics.Metrics;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every connection to the admin listener. A new one always gets a place, so that a probe is answered whatever others hold: when
 * its source has as many as it may, or all places are taken, another one is closed. That is one of the same source, else of
 * the source that has most; unknown clients go before operators, idle ones before those with a request, old before new.
 *
 * <p>Work that costs something (a page, a reload) is done for few requests at a time. Any thread.
 */
final class AdminConnections {

    /** Operators and scrapers are few; whoever opens more must not take sockets from the edges. */
    static final int MAX = 256;

    static final int MAX_PER_SOURCE = 64;

    /** A page of metrics may have four megabytes, and a client may take a minute to read it. */
    static final int MAX_WORK = 8;

    static final int MAX_WORK_PER_SOURCE = 4;

    private final Metrics.Counter evicted;

    /** In the order in which they came into their rank. */
    private final Set<AdminConnection> open = new LinkedHashSet<>();

    private final Map<Network, Integer> bySource = new HashMap<>();
    private final Map<Network, Integer> workOfSource = new HashMap<>();
    private int work;

    /** @param evicted counts those that are closed to make room */
    AdminConnections(Metrics.Counter evicted) {
        this.evicted = evicted;
    }

    /** A new connection, to be removed when it ends. On its event loop. */
    AdminConnection add(Channel channel) {
        AdminConnection fresh = new AdminConnection(this, channel);
        AdminConnection evictee = add(fresh);
        if (evictee != null) {
            evicted.increment();
            evictee.close();
        }
        return fresh;
    }

    private synchronized @Nullable AdminConnection add(AdminConnection fresh) {
        Network source = fresh.source();
        AdminConnection evictee = null;
        if (bySource.getOrDefault(source, 0) >= MAX_PER_SOURCE) {
            evictee = firstToEvict(source);
        } else if (open.size() >= MAX) {
            evictee = firstToEvict(largest());
        }
        if (evictee != null) {
            drop(evictee);
        }
        open.add(fresh);
        bySource.merge(source, 1, Integer::sum);
        return evictee;
    }

    private Network largest() {
        return bySource.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    /** Which connection of a source is evicted first; null when it has none. */
    private @Nullable AdminConnection firstToEvict(Network source) {
        AdminConnection first = null;
        for (AdminConnection one : open) {
            if (one.source().equals(source) && (first == null || one.rank.compareTo(first.rank) < 0)) {
                first = one;
            }
        }
        return first;
    }

    synchronized void setRank(AdminConnection connection, AdminConnection.Rank rank) {
        if (open.remove(connection)) {
            connection.rank = rank;
            open.add(connection);
        }
    }

    synchronized void remove(AdminConnection connection) {
        drop(connection);
    }

    /** Does nothing for one that was evicted: it is gone already. */
    private void drop(AdminConnection connection) {
        if (open.remove(connection)) {
            decrement(bySource, connection.source());
        }
    }

    synchronized boolean reserveWork(Network source) {
        if (work >= MAX_WORK || workOfSource.getOrDefault(source, 0) >= MAX_WORK_PER_SOURCE) {
            return false;
        }
        work++;
        workOfSource.merge(source, 1, Integer::sum);
        return true;
    }

    synchronized void releaseWork(Network source) {
        work--;
        decrement(workOfSource, source);
    }

    private static void decrement(Map<Network, Integer> counts, Network source) {
        counts.computeIfPresent(source, (key, count) -> count == 1 ? null : count - 1);
    }
}
