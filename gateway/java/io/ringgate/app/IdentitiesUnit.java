package io.ringgate.app;

import io.ringgate.config.FileLocations;
import io.ringgate.config.Identities;
import io.ringgate.config.yaml.ConfigLoader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who may write: {@code edges.yaml}, the password file and what they name, swapped together.
 *
 * @param clock which credentials have ended
 * @param named the files that the edges in force name: of issuers, and for introspection
 */
record IdentitiesUnit(ConfigLoader loader, InstantSource clock, FileLocations at, Set<Path> named) implements Unit {

    @Override
    public String name() {
        return "identities";
    }

    @Override
    public Set<Path> files() {
        Set<Path> files = new HashSet<>(named);
        files.add(at.edges());
        files.add(at.htpasswd());
        return files;
    }

    @Override
    public InForce read(InForce now) throws UnitProblem {
        Identities identities = new ConfigFiles(loader).identities(now.settings());
        Senders senders = Senders.read(now.settings(), identities);
        PasswordFiles.requireOwnHashes(now.settings(), senders.htpasswd(), now.operators());
        return now.with(senders);
    }

    @Override
    public List<Waiting> waits(InForce now, InForce next) {
        return LockedOut.waits(now, next, clock.instant());
    }

    @Override
    public InForce atOnce(InForce now, InForce next) {
        return now.with(Withdrawals.apply(now.senders(), next.senders()));
    }

    @Override
    public String describe(InForce now, InForce next) {
        return EdgeChanges.between(now.senders(), next.senders()).text();
    }
}
