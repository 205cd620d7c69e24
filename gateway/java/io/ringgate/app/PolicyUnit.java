package io.ringgate.app;

import io.ringgate.config.PolicyFile;
import io.ringgate.config.TenantPolicy;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.edge.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One policy file. One of the defaults that is not there says nothing. A tenant's file that is not there has no news: it is
 * the folder's to say that it is gone.
 */
record PolicyUnit(ConfigLoader loader, PolicyFile at) implements OneOfMany {

    @Override
    public String name() {
        return "limits/" + at.file().getFileName();
    }

    @Override
    public Set<Path> files() {
        return Set.of(at.file());
    }

    @Override
    public Limits.@Nullable News news(InForce now) throws UnitProblem {
        TenantId tenant = at.tenant();
        if (tenant != null && Files.notExists(at.file())) {
            return null;
        }
        TenantPolicy policy = Files.notExists(at.file()) ? TenantPolicy.NONE : ConfigFiles.good(loader.policy(at));
        return policy.equals(before(now)) ? null : new Limits.News(tenant, policy);
    }

    private @Nullable TenantPolicy before(InForce now) {
        return at.tenant() == null
                ? now.policies().defaults()
                : now.policies().tenants().get(at.tenant());
    }

    @Override
    public String describe(InForce now, Limits.News news) {
        return PolicyChanges.between(Objects.requireNonNullElse(before(now), TenantPolicy.NONE), news.policy());
    }

    @Override
    public List<Waiting> waits(InForce now, Limits.News news) {
        return news.tenant() == null && news.policy().equals(TenantPolicy.NONE)
                ? LiftedLimits.waits(at.file(), "says nothing, this would lift what every tenant inherits")
                : List.of();
    }
}
