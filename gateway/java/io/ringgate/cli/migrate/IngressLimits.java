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
record IngressLimits(
        @Nullable Rate requests,
        @Nullable Long connections,
        @Nullable Long packed,
        Set<String> sources) {

    /** A rate with its burst, in requests. */
    record Rate(long rate, long burst) {}

    static final IngressLimits NONE = new IngressLimits(null, null, null, Set.of());

    /** What nginx takes where nothing says how large a body may be. */
    static final long USUAL_PACKED = 1L << 20;

    private static final Comparator<Rate> BY_RATE = Comparator.comparingLong(Rate::rate);

    IngressLimits withRequests(Rate asked) {
        return new IngressLimits(asked, connections, packed, sources);
    }

    IngressLimits withConnections(long asked) {
        return new IngressLimits(requests, asked, packed, sources);
    }

    IngressLimits withPacked(long asked) {
        return new IngressLimits(requests, connections, asked, sources);
    }

    /** Besides those that are there. */
    IngressLimits withSources(Collection<String> asked) {
        Set<String> all = new TreeSet<>(sources);
        all.addAll(asked);
        return new IngressLimits(requests, connections, packed, all);
    }

    /** Those of somebody who may choose: each limit is the widest of them. */
    static IngressLimits widest(Collection<IngressLimits> all) {
        return new IngressLimits(
                widest(all, IngressLimits::requests, BY_RATE),
                widest(all, IngressLimits::connections, Comparator.naturalOrder()),
                widestPacked(all),
                allSources(all));
    }

    /** Null where one of them has no limit. */
    private static <T> @Nullable T widest(
            Collection<IngressLimits> all, Function<IngressLimits, @Nullable T> limit, Comparator<T> order) {
        T widest = null;
        for (IngressLimits terms : all) {
            T own = limit.apply(terms);
            if (own == null) {
                return null;
            }
            widest = widest == null || order.compare(widest, own) < 0 ? own : widest;
        }
        return widest;
    }

    private static @Nullable Long widestPacked(Collection<IngressLimits> all) {
        return all.stream().allMatch(terms -> terms.packed() == null)
                ? null
                : (Long) all.stream()
                        .mapToLong(IngressLimits::packedOrUsual)
                        .max()
                        .orElse(USUAL_PACKED);
    }

    private long packedOrUsual() {
        return packed == null ? USUAL_PACKED : packed;
    }

    private static Set<String> allSources(Collection<IngressLimits> all) {
        Set<String> together = new TreeSet<>();
        for (IngressLimits terms : all) {
            if (terms.sources().isEmpty()) {
                return Set.of();
            }
            together.addAll(terms.sources());
        }
        return together;
    }
}
