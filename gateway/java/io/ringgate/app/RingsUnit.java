package io.ringgate.app;

import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.config.yaml.HashringsReader;
import io.ringgate.edge.Edge;
import io.ringgate.hashring.Hashring;
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
        List<Hashring> rings = new ConfigFiles(loader).rings(now.settings());
        noEdgeLosesItsRing(file, now, rings);
        return now.withRings(rings);
    }

    static void noEdgeLosesItsRing(Path file, InForce now, List<Hashring> rings) throws UnitProblem {
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
