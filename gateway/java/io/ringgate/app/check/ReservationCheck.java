package io.ringgate.app.check;

import io.ringgate.config.BodyLimits;
import io.ringgate.config.EdgeEntry;
import io.ringgate.config.EdgeTemplate;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.Policy;
import io.ringgate.config.Problems;
import io.ringgate.config.SourcePosition;
import io.ringgate.config.StampLabels;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.OnConflict;
import io.ringgate.edge.StampedLabel;
import io.ringgate.edge.TenantId;
import io.ringgate.pipeline.LargestWrite;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what one write may reserve, by the limits of its edge, with {@code memory_budget}. */
public final class ReservationCheck {

    private static final long MEBIBYTE = 1L << 20;

    /** The longest name of an edge or a tenant, from which a template's labels are made. */
    private static final String LONGEST_NAME = "x".repeat(128);

    /** The largest write, and whose it is. */
    private record Largest(String who, LargestWrite write) {}

    private final GatewayConfig config;
    private final SourcePosition position;
    private final Problems problems;

    private ReservationCheck(GatewayConfig config, SourcePosition position, Problems problems) {
        this.config = config;
        this.position = position;
        this.problems = problems;
    }

    /**
     * Adds what is found.
     *
     * @param file ringgate.yaml
     */
    public static void check(GatewayConfig config, Path file, Problems problems) {
        ReservationCheck check =
                new ReservationCheck(config, SourcePosition.ofFile(file).key("memory_budget"), problems);
        check.budget();
        check.anyNumberOfSeries();
    }

    /** A budget that cannot even hold the body was reported by its reader. */
    private void budget() {
        BodyLimits body = config.settings().body();
        long budget = config.settings().memoryBudget().orElse(Long.MAX_VALUE);
        Largest largest = largest(write -> true);
        if (largest != null && largest.write().reserved() > budget && body.maxPacked() + body.maxUnpacked() <= budget) {
            LargestWrite write = largest.write();
            problems.warning(
                    position,
                    mib(budget) + " cannot hold the largest write of "
                            + largest.who() + ", which reserves " + mib(write.reserved()) + " for "
                            + mib(write.packed()) + " packed, " + mib(write.unpacked())
                            + " unpacked and its copy with all labels that are stamped:"
                            + " raise it, or lower max_body or max_series_per_write");
        }
    }

    private void anyNumberOfSeries() {
        Largest largest = largest(LargestWrite::hasAnyNumberOfSeries);
        if (largest != null) {
            problems.warning(
                    position,
                    "max_series_per_write is none for " + largest.who() + ", so one write may reserve "
                            + mib(largest.write().reserved()) + ": write a number to reserve less");
        }
    }

    private @Nullable Largest largest(Predicate<LargestWrite> among) {
        Policy caps = config.settings().caps();
        Stream<Largest> edges = config.identities().edges().stream()
                .map(EdgeEntry::edge)
                .map(edge -> new Largest("edge " + edge.name(), LargestWrite.of(config.policies(), caps, edge)));
        Stream<Largest> made = config.identities().issuers().all().stream()
                .flatMap(issuer -> Stream.ofNullable(issuer.template())
                        .map(template -> new Largest(
                                "edges that the edge_template of issuer " + issuer.name() + " makes",
                                LargestWrite.of(config.policies(), caps, longest(template)))));
        return Stream.concat(edges, made)
                .filter(largest -> among.test(largest.write()))
                .max(Comparator.comparingLong(largest -> largest.write().reserved()))
                .orElse(null);
    }

    /** The edge with the longest labels that a template can make. */
    private static Edge longest(EdgeTemplate template) {
        StampLabels stamp = template.stamp();
        List<StampedLabel> labels = Stream.concat(
                        Stream.ofNullable(stamp.tenantLabel()), Stream.ofNullable(stamp.edgeLabel()))
                .map(label -> new StampedLabel(label, LONGEST_NAME, OnConflict.RENAME))
                .toList();
        return new Edge(new EdgeName(LONGEST_NAME), new TenantId(LONGEST_NAME), labels, List.of(), true);
    }

    private static String mib(long bytes) {
        return (bytes + MEBIBYTE - 1) / MEBIBYTE + "MiB";
    }
}
