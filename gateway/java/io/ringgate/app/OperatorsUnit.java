package io.ringgate.app;

import java.nio.file.Path;
import java.util.Set;

/** Who may look at the admin pages. */
record OperatorsUnit(Path file) implements Unit {

    @Override
    public String name() {
        return "operators";
    }

    @Override
    public Set<Path> files() {
        return Set.of(file);
    }

    @Override
    public InForce read(InForce now) throws UnitProblem {
        return now.with(ConfigFiles.operators(now.settings()));
    }
}
