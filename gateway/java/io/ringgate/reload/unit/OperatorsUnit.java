package io.ringgate.reload.unit;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.Unit;
import io.ringgate.reload.UnitProblem;
import java.nio.file.Path;
import java.util.Set;

/** Who may use the admin listener. */
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
    public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
        Htpasswd operators = ConfigFiles.operators(now.settings());
        PasswordFiles.requireApart(now.settings(), now.loadedIdentities().htpasswd(), operators);
        return now.with(operators);
    }
}
