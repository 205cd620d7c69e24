package io.ringgate.reload.unit;

import io.ringgate.config.AdminConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.PendingReason;
import io.ringgate.reload.Unit;
import io.ringgate.reload.UnitProblem;
import io.ringgate.reload.diff.EdgeChanges;
import io.ringgate.reload.diff.PolicyChanges;
import io.ringgate.reload.diff.RingMoves;
import io.ringgate.reload.diff.SettingChanges;
import io.ringgate.reload.guard.CredentialLoss;
import io.ringgate.reload.guard.EndpointLoss;
import io.ringgate.reload.guard.PolicyLoss;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code ringgate.yaml}. Files that it names for the first time are read with it. What is fixed for the life of the
 * process may not change.
 */
public record GatewayUnit(ConfigLoader loader, InstantSource clock) implements Unit {

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public Set<Path> files() {
        return Set.of(loader.file());
    }

    @Override
    public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
        GatewaySettings next = ConfigFiles.requireUsable(loader.settings());
        if (next.equals(now.settings())) {
            return now;
        }
        List<String> bound = bound(now.settings(), next);
        if (!bound.isEmpty()) {
            throw new UnitProblem(loader.file() + ": " + refusal(bound));
        }
        return new ConfigFiles(loader).under(next, now);
    }

    /** Another file means other rings, edges or policies: each is guarded as if its own file had changed. */
    @Override
    public List<PendingReason> pendingReasons(ActiveConfiguration now, ActiveConfiguration next) {
        List<PendingReason> all = new ArrayList<>(EndpointLoss.reasons(now, next));
        all.addAll(CredentialLoss.reasons(now, next, clock.instant()));
        all.addAll(PolicyLoss.reasons(now, next));
        return all;
    }

    @Override
    public String describe(ActiveConfiguration now, ActiveConfiguration next) {
        List<String> parts = new ArrayList<>();
        parts.add(String.join(", ", SettingChanges.between(now.settings(), next.settings())) + " changed");
        parts.add(EdgeChanges.between(now.loadedIdentities(), next.loadedIdentities())
                .text());
        parts.add(RingMoves.text(now, next));
        parts.add(now.limits().equals(next.limits()) ? "" : PolicyChanges.between(now.limits(), next.limits()));
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
    }

    public static String refusal(List<String> bound) {
        return String.join(", ", bound) + " cannot change while the gateway runs: restart it, or write the old value";
    }

    /** What differs although it is fixed for the life of the process. */
    public static List<String> bound(GatewaySettings now, GatewaySettings next) {
        List<String> changed = new ArrayList<>();
        if (!sockets(now).equals(sockets(next))) {
            changed.add("the listeners' addresses");
        }
        if (!admin(now.admin()).equals(admin(next.admin()))) {
            changed.add("admin's address and whether it has tls and htpasswd_file");
        }
        if (!now.memoryBudget().equals(next.memoryBudget())) {
            changed.add("memory_budget");
        }
        return changed;
    }

    private static List<Object> admin(AdminConfig admin) {
        return List.of(admin.address(), admin.tls() == null, admin.htpasswdFile() == null);
    }

    private static List<String> sockets(GatewaySettings settings) {
        return settings.listeners().stream().map(GatewayUnit::socket).toList();
    }

    private static String socket(ListenerConfig listener) {
        return (listener.tls() == null ? "http://" : "https://") + listener.address();
    }
}
