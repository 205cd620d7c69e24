package io.ringgate.stamp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringgate.edge.Edge;
import io.ringgate.edge.OnConflict;
import io.ringgate.edge.StampedLabel;
import io.ringgate.wire.StampPlan;
import io.ringgate.wire.StampPlan.Verdict;

/** Compiles the labels of an edge to a stamp plan, once per edge and configuration and not per write. */
public final class StampCompiler {

    private StampCompiler() {}

    public static StampPlan planFor(Edge edge) {
        StampPlan.Builder plan = StampPlan.builder();
        for (StampedLabel label : edge.labels()) {
            plan.label(
                    label.name().value().getBytes(UTF_8), label.value().getBytes(UTF_8), verdict(label.onConflict()));
        }
        return plan.build();
    }

    private static Verdict verdict(OnConflict onConflict) {
        return switch (onConflict) {
            case RENAME -> Verdict.RENAME;
            case OVERWRITE -> Verdict.OVERWRITE;
            case KEEP -> Verdict.KEEP;
            case REJECT -> Verdict.REJECT;
        };
    }
}
