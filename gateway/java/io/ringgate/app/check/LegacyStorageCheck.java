package io.ringgate.app.check;

import static io.ringgate.config.ThanosVersion.DEFAULT_TENANT;
import static io.ringgate.config.ThanosVersion.KEEPS_TENANTS;

import io.ringgate.config.EdgeEntry;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.Identities;
import io.ringgate.config.Issuer;
import io.ringgate.config.Problems;
import io.ringgate.config.ReceiversConfig;
import io.ringgate.config.SourcePosition;
import io.ringgate.config.ThanosVersion;
import io.ringgate.config.WriteEndpoint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Warns of tenants whose data a Thanos before 0.39 loses: where a receiver has no folder of its default tenant, it takes
 * the other tenants' folders for storage of an old layout at its next start and moves them into one.
 */
public final class LegacyStorageCheck {

    private LegacyStorageCheck() {}

    /**
     * Adds what is found. Receivers that are written to on another path than Thanos's are none of its.
     *
     * @param file ringgate.yaml itself
     * @param seen the oldest version among the receivers, where they were asked; null for what is written
     */
    public static void check(GatewayConfig config, Path file, @Nullable ThanosVersion seen, Problems problems) {
        ReceiversConfig receivers = config.settings().receivers();
        ThanosVersion version = seen == null ? receivers.version() : seen;
        if (receivers.defaultTenantFolder()
                || (version != null && version.keepsTenants())
                || !receivers.write().path().equals(WriteEndpoint.DEFAULT_PATH)) {
            return;
        }
        String who = inDanger(config.identities());
        if (who != null) {
            SourcePosition position =
                    SourcePosition.ofFile(file).key("receivers").key("version");
            problems.warning(
                    position,
                    (version == null
                                    ? "is not written, "
                                    : (seen == null ? "" : "a receiver says that it is ") + version
                                            + ", which is too old, ")
                            + sentence(who));
        }
    }

    private static String sentence(String who) {
        return "and receivers before " + KEEPS_TENANTS + " lose the stored data of " + who
                + " at their next start if there is no folder " + DEFAULT_TENANT
                + " below --tsdb.path: write the version if it is newer, or make the folder on each of them and write"
                + " default_tenant_folder: true";
    }

    /** Names an edge that writes as another tenant than the receivers' default one; null when there is none. */
    static @Nullable String inDanger(Identities identities) {
        for (EdgeEntry entry : identities.edges()) {
            if (entry.edge().enabled() && !entry.edge().tenant().value().equals(DEFAULT_TENANT)) {
                return "tenants like " + entry.edge().tenant();
            }
        }
        for (Issuer issuer : identities.issuers().all()) {
            if (issuer.template() != null) {
                return "tenants that the edge_template of issuer " + issuer.name() + " makes";
            }
        }
        return null;
    }
}
