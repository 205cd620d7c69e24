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

    /** Operators and scrapers are few; whoever opens more shall not take sockets from the edges. */
    static final int MOST = 256;

    static final int MOST_OF_SOURCE = 64;

    /** A page of metrics may have four megabytes, and a client may take a minute to read it. */
    static final int MOST_WORK = 8;

    static final int MOST_WORK_OF_SOURCE = 4;

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

    /** The place of a new connection, to be left when it ends. On its event loop. */
    AdminConnection enter(Channel channel) {
        AdminConnection fresh = new AdminConnection(this, channel);
        AdminConnection leaves = enter(fresh);
        if (leaves != null) {
            evicted.increment();
            leaves.close();
        }
        return fresh;
    }

    private synchronized @Nullable AdminConnection enter(AdminConnection fresh) {
        Network source = fresh.source();
        AdminConnection leaves = null;
        if (bySource.getOrDefault(source, 0) >= MOST_OF_SOURCE) {
            leaves = first(source);
        } else if (open.size() >= MOST) {
            leaves = first(largest());
        }
        if (leaves != null) {
            remove(leaves);
        }
        open.add(fresh);
        bySource.merge(source, 1, Integer::sum);
        return leaves;
    }

    private Network largest() {
        return bySource.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    /** Who leaves first of a source that has some. */
    private @Nullable AdminConnection first(Network source) {
        AdminConnection first = null;
        for (AdminConnection one : open) {
            if (one.source().equals(source) && (first == null || one.rank.compareTo(first.rank) < 0)) {
                first = one;
            }
        }
        return first;
    }

    synchronized void rank(AdminConnection connection, AdminConnection.Rank rank) {
        if (open.remove(connection)) {
            connection.rank = rank;
            open.add(connection);
        }
    }

    synchronized void leave(AdminConnection connection) {
        remove(connection);
    }

    /** Those that were closed to make room are gone already. */
    private void remove(AdminConnection connection) {
        if (open.remove(connection)) {
            giveBack(bySource, connection.source());
        }
    }

    synchronized boolean work(Network source) {
        if (work >= MOST_WORK || workOfSource.getOrDefault(source, 0) >= MOST_WORK_OF_SOURCE) {
            return false;
        }
        work++;
        workOfSource.merge(source, 1, Integer::sum);
        return true;
    }

    synchronized void endWork(Network source) {
        work--;
        giveBack(workOfSource, source);
    }

    private static void giveBack(Map<Network, Integer> counts, Network source) {
        counts.computeIfPresent(source, (key, count) -> count == 1 ? null : count - 1);
    }
}
