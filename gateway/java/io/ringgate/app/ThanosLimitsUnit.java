package io.ringgate.app;

import io.ringgate.config.LimitsSource;
import io.ringgate.config.yaml.ConfigLoader;
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
    public InForce read(InForce now) throws UnitProblem {
        return now.with(new ConfigFiles(loader).limits(now.settings()));
    }

    @Override
    public List<Waiting> waits(InForce now, InForce next) {
        return LiftedLimits.waits(now, next);
    }

    @Override
    public String describe(InForce now, InForce next) {
        return PolicyChanges.between(now.limits(), next.limits());
    }
}
