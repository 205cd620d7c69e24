package io.ringgate.reload.unit;

import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.Unit;
import io.ringgate.reload.UnitProblem;
import java.nio.file.Path;
import java.util.Set;

/** The authorities of receivers' certificates. */
record ReceiversCaUnit(Path file) implements Unit {

    @Override
    public String name() {
        return "receivers' ca";
    }

    @Override
    public Set<Path> files() {
        return Set.of(file);
    }

    @Override
    public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
        return now.withReceiversCa(ConfigFiles.receiversCa(now.settings()));
    }
}
