package io.ringgate.reload.unit;

import io.ringgate.config.LimitsSource;
import io.ringgate.config.PolicyFile;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.edge.TenantId;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.BatchedUnit;
import io.ringgate.reload.PendingReason;
import io.ringgate.reload.Unit;
import io.ringgate.reload.UnitProblem;
import io.ringgate.reload.diff.PolicyChanges;
import io.ringgate.reload.guard.PolicyLoss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which tenants have a policy file. Each file is a unit of its own. */
record PolicyFolderUnit(ConfigLoader loader, LimitsSource.Folder at) implements Unit {

    @Override
    public String name() {
        return BatchedUnit.LISTED_BY;
    }

    @Override
    public Set<Path> files() {
        return Set.of(at.folder());
    }

    @Override
    public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
        Set<TenantId> tenants = new HashSet<>();
        for (PolicyFile file : ConfigFiles.requireUsable(loader.policyFiles(at))) {
            if (file.tenant() != null) {
                tenants.add(file.tenant());
            }
        }
        return now.with(now.limits().listed(tenants));
    }

    /** A folder without any policy file is one that is not mounted, or not written yet. */
    @Override
    public List<PendingReason> pendingReasons(ActiveConfiguration now, ActiveConfiguration next) {
        boolean empty = next.limits().files().isEmpty()
                && Files.notExists(PolicyFile.defaults(at.folder()).file());
        return empty ? PolicyLoss.reasons(at.folder(), "has no policy file, this would lift every policy") : List.of();
    }

    @Override
    public String describe(ActiveConfiguration now, ActiveConfiguration next) {
        return PolicyChanges.files(now.limits().files(), next.limits().files());
    }
}
