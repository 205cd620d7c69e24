package io.ringgate.reload.unit;

import io.ringgate.config.LimitsSource;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.PendingReason;
import io.ringgate.reload.Unit;
import io.ringgate.reload.UnitProblem;
import io.ringgate.reload.diff.PolicyChanges;
import io.ringgate.reload.guard.PolicyLoss;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The limits file of Thanos. */
record ThanosLimitsUnit(ConfigLoader loader, LimitsSource.Thanos at) implements Unit {

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public Set<Path> files() {
        return Set.of(at.file());
    }

    @Override
    public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
        return now.with(new ConfigFiles(loader).limits(now.settings()));
    }

    @Override
    public List<PendingReason> pendingReasons(ActiveConfiguration now, ActiveConfiguration next) {
        return PolicyLoss.reasons(now, next);
    }

    @Override
    public String describe(ActiveConfiguration now, ActiveConfiguration next) {
        return PolicyChanges.between(now.limits(), next.limits());
    }
}
