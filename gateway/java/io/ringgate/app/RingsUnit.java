package io.ringgate.app;

import io.ringgate.config.ReceiverSource;
import io.ringgate.config.Rings;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.config.yaml.HashringsReader;
import io.ringgate.edge.Edge;
import io.ringgate.hashring.RingChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The hashring file. New rings must take every edge that has a ring now; an edge that has none yet waits for its own. */
record RingsUnit(ConfigLoader loader, Path file) implements Unit {

    @Override
    public String name() {
        return "rings";
    }

    @Override
    public Set<Path> files() {
        return Set.of(file);
    }

    @Override
    public InForce read(InForce now) throws UnitProblem {
        Rings rings = new ConfigFiles(loader).rings(now.settings());
        noEdgeLosesItsRing(file, now, rings);
        return now.withRings(rings);
    }

    @Override
    public List<Waiting> waits(InForce now, InForce next) {
        return lossOfEndpoints(now, next);
    }

    @Override
    public String describe(InForce now, InForce next) {
        return RingMoves.text(now, next);
    }

    /** Rings that lose most of their endpoints at once, as a file does that is written while pods are away; empty for none. */
    static List<Waiting> lossOfEndpoints(InForce now, InForce next) {
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
                : List.of(Waiting.of(
                        Force.RINGS, named.file() + ": " + String.join(", ", losses) + ", more than half at once"));
    }

    static void noEdgeLosesItsRing(Path file, InForce now, Rings rings) throws UnitProblem {
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
