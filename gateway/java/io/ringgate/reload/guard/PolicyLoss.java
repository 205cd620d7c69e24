package io.ringgate.reload.guard;

import io.ringgate.config.LimitsSource;
import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.Force;
import io.ringgate.reload.PendingReason;
import java.nio.file.Path;
import java.util.List;

/** A change that leaves no policy where there are some, as a folder does that is not mounted or a file that is empty. */
public final class PolicyLoss {

    private PolicyLoss() {}

    /** Of everything that is read at once: a file of Thanos, or another folder. */
    public static List<PendingReason> reasons(ActiveConfiguration now, ActiveConfiguration next) {
        return limit(now.policies()) && !limit(next.policies())
                ? reasons(file(next), "would lift every policy")
                : List.of();
    }

    public static List<PendingReason> reasons(Path file, String what) {
        return List.of(PendingReason.of(Force.LIMITS, file + ": " + what));
    }

    private static Path file(ActiveConfiguration next) {
        return switch (next.settings().files().limits()) {
            case LimitsSource.Folder folder -> folder.folder();
            case LimitsSource.Thanos thanos -> thanos.file();
        };
    }

    private static boolean limit(Policies policies) {
        return policies.mostWrites() != Policy.NO_LIMIT
                || !policies.defaults().equals(TenantPolicy.NONE)
                || policies.tenants().values().stream().anyMatch(policy -> !policy.equals(TenantPolicy.NONE));
    }
}
