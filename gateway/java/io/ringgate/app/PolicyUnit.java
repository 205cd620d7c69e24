package io.ringgate.app;

import io.ringgate.config.PolicyFile;
import io.ringgate.config.TenantPolicy;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.edge.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One policy file. One that is not there says nothing; there is always one of the defaults in this sense. */
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
        TenantPolicy policy = Files.notExists(at.file()) ? TenantPolicy.NONE : ConfigFiles.good(loader.policy(at));
        TenantId tenant = at.tenant();
        TenantPolicy before = tenant == null
                ? now.policies().defaults()
                : now.policies().tenants().get(tenant);
        return policy.equals(before) ? null : new Limits.News(tenant, policy);
    }
}
