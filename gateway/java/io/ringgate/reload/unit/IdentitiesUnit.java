package io.ringgate.reload.unit;

import io.ringgate.config.FileLocations;
import io.ringgate.config.Identities;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.LoadedIdentities;
import io.ringgate.reload.PendingReason;
import io.ringgate.reload.Unit;
import io.ringgate.reload.UnitProblem;
import io.ringgate.reload.diff.EdgeChanges;
import io.ringgate.reload.guard.CredentialLoss;
import io.ringgate.reload.guard.Withdrawals;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who may write: {@code edges.yaml}, the password file and what they name, swapped together.
 *
 * @param clock which credentials have ended
 * @param named the files that the active edges name: of issuers and for introspection
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
    public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
        Identities identities = new ConfigFiles(loader).identities(now.settings());
        LoadedIdentities senders = ConfigFiles.loadIdentities(now.settings(), identities);
        PasswordFiles.requireOwnHashes(now.settings(), senders.htpasswd(), now.operators());
        return now.with(senders);
    }

    @Override
    public List<PendingReason> pendingReasons(ActiveConfiguration now, ActiveConfiguration next) {
        return CredentialLoss.reasons(now, next, clock.instant());
    }

    @Override
    public ActiveConfiguration atOnce(ActiveConfiguration now, ActiveConfiguration next) {
        return now.with(Withdrawals.apply(now.loadedIdentities(), next.loadedIdentities()));
    }

    @Override
    public String describe(ActiveConfiguration now, ActiveConfiguration next) {
        return EdgeChanges.between(now.loadedIdentities(), next.loadedIdentities())
                .text();
    }
}
