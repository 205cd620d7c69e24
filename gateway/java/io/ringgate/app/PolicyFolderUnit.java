package io.ringgate.app;

import io.ringgate.config.LimitsSource;
import io.ringgate.config.PolicyFile;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.edge.TenantId;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Which tenants have a policy file. What stands in the files are units of their own. */
record PolicyFolderUnit(ConfigLoader loader, LimitsSource.Folder at) implements Unit {

    @Override
    public String name() {
        return "limits";
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
}
