package io.ringgate.cli.migrate;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an Ingress asks of whoever writes by it. What it does not set is null, and no networks are all: that is wider than
 * anything that another one sets.
 *
 * @param packed bytes of a body
 * @param sources where writes may come from
 */
record Terms(
        @Nullable Rate requests,
        @Nullable Long connections,
        @Nullable Long packed,
        Set<String> sources) {

    /** A rate with its burst, in requests. */
    record Rate(long rate, long burst) {}

    static final Terms NONE = new Terms(null, null, null, Set.of());

    /** What nginx takes where nothing says how large a body may be. */
    static final long USUAL_PACKED = 1L << 20;

    private static final Comparator<Rate> BY_RATE = Comparator.comparingLong(Rate::rate);

    Terms withRequests(Rate asked) {
        return new Terms(asked, connections, packed, sources);
    }

    Terms withConnections(long asked) {
        return new Terms(requests, asked, packed, sources);
    }

    Terms withPacked(long asked) {
        return new Terms(requests, connections, asked, sources);
    }

    /** Besides those that are there. */
    Terms withSources(Collection<String> asked) {
        Set<String> all = new TreeSet<>(sources);
        all.addAll(asked);
        return new Terms(requests, connections, packed, all);
    }

    /** Those of somebody who may choose: each limit is the widest of them. */
    static Terms widest(Collection<Terms> all) {
        return new Terms(
                widest(all, Terms::requests, BY_RATE),
                widest(all, Terms::connections, Comparator.naturalOrder()),
                widestPacked(all),
                allSources(all));
    }

    /** Null where one of them has no limit. */
    private static <T> @Nullable T widest(
            Collection<Terms> all, Function<Terms, @Nullable T> limit, Comparator<T> order) {
        T widest = null;
        for (Terms terms : all) {
            T own = limit.apply(terms);
            if (own == null) {
                return null;
            }
            widest = widest == null || order.compare(widest, own) < 0 ? own : widest;
        }
        return widest;
    }

    private static @Nullable Long widestPacked(Collection<Terms> all) {
        return all.stream().allMatch(terms -> terms.packed() == null)
                ? null
                : (Long) all.stream().mapToLong(Terms::packedOrUsual).max().orElse(USUAL_PACKED);
    }

    private long packedOrUsual() {
        return packed == null ? USUAL_PACKED : packed;
    }

    private static Set<String> allSources(Collection<Terms> all) {
        Set<String> together = new TreeSet<>();
        for (Terms terms : all) {
            if (terms.sources().isEmpty()) {
                return Set.of();
            }
            together.addAll(terms.sources());
        }
        return together;
    }
}
