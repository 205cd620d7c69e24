package io.ringgate.reload.guard;

import io.ringgate.config.ReceiverSource;
import io.ringgate.config.Rings;
import io.ringgate.config.yaml.HashringsReader;
import io.ringgate.edge.Edge;
import io.ringgate.hashring.RingChange;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.Force;
import io.ringgate.reload.PendingReason;
import io.ringgate.reload.UnitProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rings that lose most of their endpoints at once, as a file does that is written while pods are away. */
public final class EndpointLoss {

    private EndpointLoss() {}

    /** Empty when no ring loses more than half of its endpoints. */
    public static List<PendingReason> reasons(ActiveConfiguration now, ActiveConfiguration next) {
        if (!(next.settings().receivers().source() instanceof ReceiverSource.Hashrings named)) {
            return List.of();
        }
        List<String> losses = new ArrayList<>();
        for (RingChange change :
                RingChange.between(now.rings().list(), next.rings().list())) {
            if (change.removesMoreThanHalf()) {
                losses.add("ring " + now.rings().list().get(change.before()).nameOr(change.before()) + " would lose "
                        + change.removed().size() + " of " + change.endpoints() + " endpoints");
            }
        }
        return losses.isEmpty()
                ? List.of()
                : List.of(PendingReason.of(
                        Force.RINGS, named.file() + ": " + String.join(", ", losses) + ", more than half at once"));
    }

    /** Refuses rings that leave an edge without a ring that has one now. No force lets them through. */
    public static void requireRings(Path file, ActiveConfiguration now, Rings rings) throws UnitProblem {
        List<Edge> lost = new ArrayList<>(HashringsReader.withoutRing(now.identities(), rings));
        lost.removeAll(HashringsReader.withoutRing(now.identities(), now.rings()));
        if (!lost.isEmpty()) {
            throw new UnitProblem(lost.stream()
                    .map(edge -> file + ": no ring takes tenant " + edge.tenant() + " of edge " + edge.name()
                            + " any more: name the tenant in a ring, or remove the edge first")
                    .toList());
        }
    }
}
