package io.ringgate.config;

import io.ringgate.edge.TenantId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A policy file that is there.
 *
 * @param file absolute
 * @param tenant whose it is; absent for what all tenants inherit
 */
public record PolicyFile(Path file, @Nullable TenantId tenant) {

    public static final String DEFAULTS = "_default";
    public static final String ENDING = ".yaml";

    /** That of all tenants. */
    public static PolicyFile defaults(Path folder) {
        return new PolicyFile(folder.resolve(DEFAULTS + ENDING), null);
    }

    public static PolicyFile of(TenantId tenant, Path folder) {
        return new PolicyFile(folder.resolve(tenant + ENDING), tenant);
    }
}
