package io.ringgate.app;

import io.ringgate.config.FileLocations;
import io.ringgate.config.Identities;
import io.ringgate.config.yaml.ConfigLoader;
import java.nio.file.Path;
import java.util.Set;

/** Who may write: {@code edges.yaml} and the password file, swapped together. */
record IdentitiesUnit(ConfigLoader loader, FileLocations at) implements Unit {

    @Override
    public String name() {
        return "identities";
    }

    @Override
    public Set<Path> files() {
        return Set.of(at.edges(), at.htpasswd());
    }

    @Override
    public InForce read(InForce now) throws UnitProblem {
        Identities identities = new ConfigFiles(loader).identities(now.settings());
        return now.with(identities, ConfigFiles.htpasswd(now.settings(), identities));
    }
}
