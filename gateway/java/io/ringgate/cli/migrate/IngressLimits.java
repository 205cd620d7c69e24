package io.ringgate.cli.migrate;

import io.ringgate.edge.Network;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The limits that an Ingress sets for the edges that write through it. What it does not set is null, and no networks
 * are all: that is wider than anything that another one sets.
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

    IngressLimits withRequests(Rate rate) {
        return new IngressLimits(rate, connections, packed, sources);
    }

    IngressLimits withConnections(long most) {
        return new IngressLimits(requests, most, packed, sources);
    }

    IngressLimits withPacked(long bytes) {
        return new IngressLimits(requests, connections, bytes, sources);
    }

    /** Besides those that are there. */
    IngressLimits withSources(Collection<Network> networks) {
        Set<String> all = new TreeSet<>(sources);
        networks.forEach(network -> all.add(network.toString()));
        return new IngressLimits(requests, connections, packed, all);
    }

    /** The limits of an edge that may use any of several Ingresses: each limit is the widest of them. */
    static IngressLimits widest(Collection<IngressLimits> all) {
        boolean anyPacked = all.stream().anyMatch(limits -> limits.packed != null);
        return new IngressLimits(
                widest(all, IngressLimits::requests, Comparator.comparingLong(Rate::rate)),
                widest(all, IngressLimits::connections, Comparator.naturalOrder()),
                anyPacked ? widest(all, IngressLimits::packedOrUsual, Comparator.naturalOrder()) : null,
                all.stream().anyMatch(limits -> limits.sources.isEmpty())
                        ? Set.of()
                        : all.stream()
                                .flatMap(limits -> limits.sources.stream())
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Null where one of them has no limit. */
    private static <T> @Nullable T widest(
            Collection<IngressLimits> all, Function<IngressLimits, @Nullable T> limit, Comparator<T> order) {
        T widest = null;
        for (IngressLimits limits : all) {
            T own = limit.apply(limits);
            if (own == null) {
                return null;
            }
            widest = widest == null || order.compare(widest, own) < 0 ? own : widest;
        }
        return widest;
    }

    Long packedOrUsual() {
        return Objects.requireNonNullElse(packed, USUAL_PACKED);
    }
}
