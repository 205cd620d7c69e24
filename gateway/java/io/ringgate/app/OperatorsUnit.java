package io.ringgate.app;

import io.ringgate.auth.basic.Htpasswd;
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
        Htpasswd operators = ConfigFiles.operators(now.settings());
        PasswordFiles.requireApart(now.settings(), now.senders().htpasswd(), operators);
        return now.with(operators);
    }
}
