package io.ringgate.app;

import io.ringgate.config.LimitsSource;
import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import java.nio.file.Path;
import java.util.List;

/** A change that leaves no policy where there are some, as a folder does that is not mounted or a file that is empty. */
final class LiftedLimits {

    private LiftedLimits() {}

    /** Of everything that is read at once: a file of Thanos, or another folder. */
    static List<Waiting> waits(InForce now, InForce next) {
        return limit(now.policies()) && !limit(next.policies())
                ? waits(file(next), "would lift every policy")
                : List.of();
    }

    static List<Waiting> waits(Path file, String what) {
        return List.of(Waiting.of(Force.LIMITS, file + ": " + what));
    }

    private static Path file(InForce next) {
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
