package io.ringgate.reload.unit;

import io.ringgate.config.PolicyFile;
import io.ringgate.config.TenantPolicy;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.edge.TenantId;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.BatchedUnit;
import io.ringgate.reload.LoadedPolicies;
import io.ringgate.reload.PendingReason;
import io.ringgate.reload.UnitProblem;
import io.ringgate.reload.diff.PolicyChanges;
import io.ringgate.reload.guard.PolicyLoss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One policy file. An absent file of the defaults is an empty one. An absent file of a tenant changes nothing: the folder's
 * unit removes its policy.
 */
public record PolicyUnit(ConfigLoader loader, PolicyFile at) implements BatchedUnit {

    @Override
    public String name() {
        return "limits/" + at.file().getFileName();
    }

    @Override
    public Set<Path> files() {
        return Set.of(at.file());
    }

    @Override
    public LoadedPolicies.@Nullable Change change(ActiveConfiguration now) throws UnitProblem {
        TenantId tenant = at.tenant();
        if (tenant != null && Files.notExists(at.file())) {
            return null;
        }
        TenantPolicy policy =
                Files.notExists(at.file()) ? TenantPolicy.NONE : ConfigFiles.requireUsable(loader.policy(at));
        return policy.equals(before(now)) ? null : new LoadedPolicies.Change(tenant, policy);
    }

    private @Nullable TenantPolicy before(ActiveConfiguration now) {
        return at.tenant() == null
                ? now.policies().defaults()
                : now.policies().tenants().get(at.tenant());
    }

    @Override
    public String describe(ActiveConfiguration now, LoadedPolicies.Change change) {
        return PolicyChanges.between(Objects.requireNonNullElse(before(now), TenantPolicy.NONE), change.policy());
    }

    @Override
    public List<PendingReason> pendingReasons(ActiveConfiguration now, LoadedPolicies.Change change) {
        return change.tenant() == null && change.policy().equals(TenantPolicy.NONE)
                ? PolicyLoss.reasons(at.file(), "says nothing, this would lift what every tenant inherits")
                : List.of();
    }
}
