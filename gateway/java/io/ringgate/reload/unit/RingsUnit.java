package io.ringgate.reload.unit;

import io.ringgate.config.Rings;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.PendingReason;
import io.ringgate.reload.Unit;
import io.ringgate.reload.UnitProblem;
import io.ringgate.reload.diff.RingMoves;
import io.ringgate.reload.guard.EndpointLoss;
import java.nio.file.Path;
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
    public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
        Rings rings = new ConfigFiles(loader).rings(now.settings());
        EndpointLoss.requireRings(file, now, rings);
        return now.withRings(rings);
    }

    @Override
    public List<PendingReason> pendingReasons(ActiveConfiguration now, ActiveConfiguration next) {
        return EndpointLoss.reasons(now, next);
    }

    @Override
    public String describe(ActiveConfiguration now, ActiveConfiguration next) {
        return RingMoves.text(now, next);
    }
}
