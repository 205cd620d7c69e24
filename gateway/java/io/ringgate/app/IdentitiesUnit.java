package io.ringgate.app;

import io.ringgate.config.FileLocations;
import io.ringgate.config.Identities;
import io.ringgate.config.yaml.ConfigLoader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Who may write: {@code edges.yaml} and the password file, swapped together.
 *
 * @param more the files that the edges in force name besides
 */
record IdentitiesUnit(ConfigLoader loader, FileLocations at, Set<Path> more) implements Unit {

    @Override
    public String name() {
        return "identities";
    }

    @Override
    public Set<Path> files() {
        Set<Path> files = new HashSet<>(more);
        files.add(at.edges());
        files.add(at.htpasswd());
        return files;
    }

    @Override
    public InForce read(InForce now) throws UnitProblem {
        Identities identities = new ConfigFiles(loader).identities(now.settings());
        return now.with(
                identities, ConfigFiles.htpasswd(now.settings(), identities), ConfigFiles.introspection(identities));
    }
}
