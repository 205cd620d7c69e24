package io.ringgate.reload.folder;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.config.ReceiverSource;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.LoadedIdentities;
import io.ringgate.reload.PendingReason;
import io.ringgate.reload.ReloadPlan;
import io.ringgate.reload.ReloadTarget;
import io.ringgate.reload.UnitPlan;
import io.ringgate.reload.UnitProblem;
import io.ringgate.reload.diff.EdgeChanges;
import io.ringgate.reload.diff.PolicyChanges;
import io.ringgate.reload.diff.RingMoves;
import io.ringgate.reload.diff.SettingChanges;
import io.ringgate.reload.guard.CredentialLoss;
import io.ringgate.reload.guard.EndpointLoss;
import io.ringgate.reload.guard.PolicyLoss;
import io.ringgate.reload.guard.Withdrawals;
import io.ringgate.reload.unit.ConfigFiles;
import io.ringgate.reload.unit.GatewayUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a reload that would replace one folder of files by another: by the guards and descriptions of a reload.
 * Files of one name in both folders are the same file. Secrets may be absent on both sides, as in Git: then they are
 * not compared.
 */
public final class FolderDiff {

    /** Of no password. */
    private static final String NOBODYS_HASH = "$apr1$ringgate$" + "e".repeat(22);

    private final ConfigFolder old;
    private final ConfigFolder next;
    private final Instant at;
    private final List<UnitPlan> plans = new ArrayList<>();

    private FolderDiff(ConfigFolder old, ConfigFolder next, Instant at) {
        this.old = old;
        this.next = next;
        this.at = at;
    }

    /**
     * The plan, empty when both say the same. It can only be shown.
     *
     * @param at the time by which credentials have ended
     */
    public static ReloadPlan between(ConfigFolder old, ConfigFolder next, Instant at) {
        FolderDiff diff = new FolderDiff(old, next, at);
        Htpasswd ofOld = old.htpasswd();
        Htpasswd ofNext = next.htpasswd();
        Htpasswd made = ofOld == null && ofNext == null ? everybody(old, next) : Htpasswd.empty();
        ActiveConfiguration now = old.configuration(firstOf(ofOld, ofNext, made));
        ActiveConfiguration then = next.configuration(firstOf(ofNext, ofOld, made));
        diff.settings(now, then);
        diff.files();
        diff.rings(now, then);
        diff.add("limits", PolicyChanges.between(now.limits(), then.limits()), PolicyLoss.reasons(now, then));
        diff.identities(now, then);
        return new ReloadPlan(now, then, diff.plans, ReloadTarget.Swap.NONE);
    }

    private static Htpasswd firstOf(@Nullable Htpasswd own, @Nullable Htpasswd other, Htpasswd made) {
        return own != null ? own : Objects.requireNonNullElse(other, made);
    }

    /** As if every user had a password: then removed edges are reported, and passwords are not. */
    private static Htpasswd everybody(ConfigFolder one, ConfigFolder other) {
        Set<String> users = new TreeSet<>(one.users());
        users.addAll(other.users());
        return Htpasswd.parse(
                users.stream().map(user -> user + ":" + NOBODYS_HASH).collect(Collectors.joining("\n")));
    }

    /** A unit that differs: then it is reported. */
    private void add(String unit, String what, List<PendingReason> reasons) {
        if (!what.isEmpty() || !reasons.isEmpty()) {
            plans.add(UnitPlan.of(unit, what, reasons, Set.of(), 0));
        }
    }

    private void refused(String unit, List<String> problems) {
        plans.add(new UnitPlan.Refused(unit, problems));
    }

    private void settings(ActiveConfiguration now, ActiveConfiguration then) {
        List<String> bound = GatewayUnit.bound(now.settings(), then.settings());
        if (bound.isEmpty()) {
            List<String> keys = SettingChanges.between(now.settings(), then.settings(), this::isSame);
            add("gateway", keys.isEmpty() ? "" : String.join(", ", keys) + " changed", reasonsOfFiles(keys, now, then));
        } else {
            refused("gateway", List.of(GatewayUnit.refusal(bound)));
        }
    }

    /** Settings that name other files, or read the rings otherwise, go through the guards of these files. */
    private List<PendingReason> reasonsOfFiles(List<String> keys, ActiveConfiguration now, ActiveConfiguration then) {
        List<PendingReason> all = new ArrayList<>();
        if (keys.stream().anyMatch(key -> key.startsWith("receivers."))) {
            all.addAll(EndpointLoss.reasons(now, then));
        }
        if (keys.contains("files.edges") || keys.contains("files.htpasswd")) {
            all.addAll(CredentialLoss.reasons(now, then, at));
        }
        if (keys.stream().anyMatch(key -> key.startsWith("files.limits") || key.startsWith("files.thanos_limits"))) {
            all.addAll(PolicyLoss.reasons(now, then));
        }
        return all;
    }

    private void rings(ActiveConfiguration now, ActiveConfiguration then) {
        if (then.settings().receivers().source() instanceof ReceiverSource.Hashrings named
                && now.settings().receivers().source() instanceof ReceiverSource.Hashrings) {
            try {
                EndpointLoss.requireRings(named.file(), now, then.rings());
            } catch (UnitProblem lost) {
                refused("rings", lost.sentences());
                return;
            }
        }
        add("rings", RingMoves.text(now, then), EndpointLoss.reasons(now, then));
    }

    /** Who may write. What is withdrawn in writing becomes active although the rest waits. */
    private void identities(ActiveConfiguration now, ActiveConfiguration then) {
        try {
            if (!next.config().identities().nameSomebody()) {
                throw new UnitProblem(next.config().settings().files().edges() + ": " + ConfigFiles.NOBODY);
            }
            if (Files.exists(next.config().settings().files().htpasswd())) {
                ConfigFiles.htpasswd(next.config().settings(), next.config().identities());
            }
        } catch (UnitProblem problem) {
            refused("identities", problem.sentences());
            return;
        }
        List<PendingReason> reasons = CredentialLoss.reasons(now, then, at);
        LoadedIdentities left = reasons.isEmpty()
                ? now.loadedIdentities()
                : Withdrawals.apply(now.loadedIdentities(), then.loadedIdentities());
        boolean issuers = isSame(now.identities().issuers(), then.identities().issuers())
                && isSame(now.identities().introspection(), then.identities().introspection());
        String what = Stream.of(
                        issuers ? "" : "issuers or introspection changed",
                        EdgeChanges.between(left, then.loadedIdentities()).text())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        if (reasons.isEmpty()) {
            add("identities", what, reasons);
        } else {
            String withdrawals =
                    EdgeChanges.between(now.loadedIdentities(), left).text();
            plans.add(new UnitPlan.Pending("identities", withdrawals, what, reasons));
        }
    }

    /** Those of which only the content can differ. */
    private void files() {
        Map<Path, Path> before = old.opaqueFiles();
        next.opaqueFiles().forEach((name, file) -> {
            Path other = before.get(name);
            if (other != null && Files.isReadable(other) && Files.isReadable(file) && differ(other, file)) {
                add(name.toString(), "its content differs", List.of());
            }
        });
    }

    private static boolean differ(Path one, Path other) {
        try {
            return Files.mismatch(one, other) >= 0;
        } catch (IOException unreadable) {
            return true;
        }
    }

    /** Paths say the same when they lead to one file, or to files of one name in both folders. */
    private boolean isSame(@Nullable Object now, @Nullable Object then) {
        if (now instanceof Path one && then instanceof Path other) {
            return one.equals(other)
                    || old.folder().relativize(one).equals(next.folder().relativize(other));
        }
        if (now instanceof List<?> some && then instanceof List<?> others) {
            return some.size() == others.size()
                    && IntStream.range(0, some.size()).allMatch(i -> isSame(some.get(i), others.get(i)));
        }
        if (now instanceof Record one && then instanceof Record other && one.getClass() == other.getClass()) {
            return SettingChanges.between(one, other, this::isSame).isEmpty();
        }
        return Objects.equals(now, then);
    }
}
