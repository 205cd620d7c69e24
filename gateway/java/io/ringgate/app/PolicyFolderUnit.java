package io.ringgate.app;

import io.ringgate.config.LimitsSource;
import io.ringgate.config.PolicyFile;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.edge.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which tenants have a policy file. What stands in the files are units of their own. */
record PolicyFolderUnit(ConfigLoader loader, LimitsSource.Folder at) implements Unit {

    static final String NAME = "limits";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Path> files() {
        return Set.of(at.folder());
    }

    @Override
    public InForce read(InForce now) throws UnitProblem {
        Set<TenantId> tenants = new HashSet<>();
        for (PolicyFile file : ConfigFiles.good(loader.policyFiles(at))) {
            if (file.tenant() != null) {
                tenants.add(file.tenant());
            }
        }
        return now.with(now.limits().listed(tenants));
    }

    /** A folder without any policy file is one that is not mounted, or not written yet. */
    @Override
    public List<Waiting> waits(InForce now, InForce next) {
        boolean empty = next.limits().files().isEmpty()
                && Files.notExists(PolicyFile.defaults(at.folder()).file());
        return empty ? LiftedLimits.waits(at.folder(), "has no policy file, this would lift every policy") : List.of();
    }

    @Override
    public String describe(InForce now, InForce next) {
        return PolicyChanges.files(now.limits().files(), next.limits().files());
    }
}
