package io.ringgate.app;

import io.ringgate.config.BodyLimits;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.Place;
import io.ringgate.config.Policy;
import io.ringgate.config.Problems;
import io.ringgate.edge.Edge;
import io.ringgate.pipeline.LargestWrite;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compares what one write may reserve, by the limits of its edge, with {@code memory_budget}. */
public final class ReservationCheck {

    private static final long MEBIBYTE = 1L << 20;

    /** An edge with its largest write. */
    private record Largest(Edge edge, LargestWrite write) {}

    private final GatewayConfig config;
    private final Place place;
    private final Problems problems;

    private ReservationCheck(GatewayConfig config, Place place, Problems problems) {
        this.config = config;
        this.place = place;
        this.problems = problems;
    }

    /**
     * Adds what is found.
     *
     * @param file ringgate.yaml
     */
    public static void check(GatewayConfig config, Path file, Problems problems) {
        ReservationCheck check =
                new ReservationCheck(config, Place.ofFile(file.toString()).key("memory_budget"), problems);
        check.budget();
        check.anyNumberOfSeries();
    }

    /** A budget that cannot even hold the body was told by its reader. */
    private void budget() {
        BodyLimits body = config.settings().body();
        long budget = config.settings().memoryBudget().orElse(Long.MAX_VALUE);
        Largest largest = largest(write -> true);
        if (largest != null && largest.write().reserved() > budget && body.maxPacked() + body.maxUnpacked() <= budget) {
            LargestWrite write = largest.write();
            problems.warning(
                    place,
                    mib(budget) + " cannot hold the largest write of edge "
                            + largest.edge().name() + ", which reserves " + mib(write.reserved()) + " for "
                            + mib(write.packed()) + " packed, " + mib(write.unpacked())
                            + " unpacked and its copy with all labels that are stamped:"
                            + " raise it, or lower max_body or max_series_per_write");
        }
    }

    private void anyNumberOfSeries() {
        Largest largest = largest(LargestWrite::hasAnyNumberOfSeries);
        if (largest != null) {
            problems.warning(
                    place,
                    "max_series_per_write is none for edge " + largest.edge().name() + ", so one write may reserve "
                            + mib(largest.write().reserved()) + ": write a number to reserve less");
        }
    }

    private @Nullable Largest largest(Predicate<LargestWrite> among) {
        Policy caps = config.settings().caps();
        Largest largest = null;
        for (var entry : config.identities().edges()) {
            LargestWrite write = LargestWrite.of(config.policies(), caps, entry.edge());
            if (among.test(write)
                    && (largest == null || write.reserved() > largest.write().reserved())) {
                largest = new Largest(entry.edge(), write);
            }
        }
        return largest;
    }

    private static String mib(long bytes) {
        return (bytes + MEBIBYTE - 1) / MEBIBYTE + "MiB";
    }
}
