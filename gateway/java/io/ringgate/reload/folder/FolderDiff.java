package io.ringgate.reload.folder;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.jwt.Access;
import io.ringgate.config.Credential;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.LoadedIdentities;
import io.ringgate.reload.LoadedPolicies;
import io.ringgate.reload.PendingReason;
import io.ringgate.reload.ReloadReport;
import io.ringgate.reload.UnitProblem;
import io.ringgate.reload.diff.EdgeChanges;
import io.ringgate.reload.diff.PolicyChanges;
import io.ringgate.reload.diff.RingMoves;
import io.ringgate.reload.diff.SettingChanges;
import io.ringgate.reload.guard.CredentialLoss;
import io.ringgate.reload.guard.EndpointLoss;
import io.ringgate.reload.guard.PolicyLoss;
import io.ringgate.reload.guard.Withdrawals;
import io.ringgate.reload.unit.CertificateUnit;
import io.ringgate.reload.unit.ClientCaUnit;
import io.ringgate.reload.unit.ConfigFiles;
import io.ringgate.reload.unit.GatewayUnit;
import io.ringgate.reload.unit.IntrospectionFiles;
import io.ringgate.reload.unit.IssuerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway that runs by one folder of files would do when another took its place: the same guards and words as a
 * reload. Files of one name in both folders are the same file. What is secret may be absent on both sides, as in Git: then
 * it is not compared.
 */
public final class FolderDiff {

    /** A configuration and the folder of its first file, absolute. */
    public record Side(GatewayConfig config, Path folder) {

        public Side {
            folder = folder.toAbsolutePath().normalize();
        }
    }

    /** Of no password. */
    private static final String NOBODYS_HASH = "$apr1$ringgate$" + "e".repeat(22);

    private final Side old;
    private final Side next;
    private final Instant at;
    private final List<ReloadReport.Result> results = new ArrayList<>();

    private FolderDiff(Side old, Side next, Instant at) {
        this.old = old;
        this.next = next;
        this.at = at;
    }

    /**
     * The changes in the order of the units, none when both say the same.
     *
     * @param at which credentials have ended
     */
    public static ReloadReport between(Side old, Side next, Instant at) {
        FolderDiff diff = new FolderDiff(old, next, at);
        Htpasswd ofOld = htpasswd(old.config());
        Htpasswd ofNext = htpasswd(next.config());
        Htpasswd made = ofOld == null && ofNext == null ? everybody(old, next) : Htpasswd.empty();
        ActiveConfiguration now = inForce(old.config(), firstOf(ofOld, ofNext, made));
        ActiveConfiguration then = inForce(next.config(), firstOf(ofNext, ofOld, made));
        diff.settings(now, then);
        diff.files();
        diff.rings(now, then);
        diff.unit("limits", PolicyChanges.between(now.limits(), then.limits()), PolicyLoss.reasons(now, then));
        diff.identities(now, then);
        return new ReloadReport(diff.results);
    }

    private static Htpasswd firstOf(@Nullable Htpasswd own, @Nullable Htpasswd other, Htpasswd made) {
        return own != null ? own : Objects.requireNonNullElse(other, made);
    }

    /** Of what is in no secret file, and of passwords. */
    private static ActiveConfiguration inForce(GatewayConfig config, Htpasswd htpasswd) {
        return new ActiveConfiguration(
                config.settings(),
                config.rings(),
                new LoadedIdentities(config.identities(), htpasswd, Access.Files.NONE, null),
                Htpasswd.empty(),
                Map.of(),
                List.of(),
                Map.of(),
                LoadedPolicies.of(config.policies()));
    }

    /** Null where it is not there, as in Git. */
    private static @Nullable Htpasswd htpasswd(GatewayConfig config) {
        try {
            Path file = config.settings().files().htpasswd();
            return Files.isReadable(file) ? Htpasswd.load(file) : null;
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** As if every user had a password: then edges that go are told, and passwords are not. */
    private static Htpasswd everybody(Side one, Side other) {
        Set<String> users = new TreeSet<>();
        for (Side side : List.of(one, other)) {
            for (Identities.Held held : side.config().identities().held()) {
                if (held.credential().proof() instanceof Credential.Basic basic) {
                    users.add(basic.user());
                }
            }
        }
        return Htpasswd.parse(
                users.stream().map(user -> user + ":" + NOBODYS_HASH).collect(Collectors.joining("\n")));
    }

    /** A unit that differs. One that waits changes nothing until it is forced: what it would do then is told with the reason. */
    private void unit(String name, String what, List<PendingReason> waits) {
        String why = PendingReason.unforced(waits, Set.of());
        if (!why.isEmpty()) {
            results.add(new ReloadReport.Result(
                    name, ReloadReport.Ending.WAITS, what.isEmpty() ? List.of(why) : List.of(what, why)));
        } else if (!what.isEmpty()) {
            results.add(ReloadReport.Result.inForce(name, what));
        }
    }

    private void refused(String name, List<String> why) {
        results.add(new ReloadReport.Result(name, ReloadReport.Ending.REFUSED, why));
    }

    private void settings(ActiveConfiguration now, ActiveConfiguration then) {
        List<String> bound = GatewayUnit.bound(now.settings(), then.settings());
        if (bound.isEmpty()) {
            List<String> keys = SettingChanges.between(now.settings(), then.settings(), this::alike);
            unit("gateway", keys.isEmpty() ? "" : String.join(", ", keys) + " changed", waitsOfFiles(keys, now, then));
        } else {
            refused("gateway", List.of(GatewayUnit.refusal(bound)));
        }
    }

    /** Settings that name other files, or read the rings otherwise, wait for what these would take away. */
    private List<PendingReason> waitsOfFiles(List<String> keys, ActiveConfiguration now, ActiveConfiguration then) {
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
        unit("rings", RingMoves.text(now, then), EndpointLoss.reasons(now, then));
    }

    /** Who may write. What is written down as withdrawn applies although the rest waits. */
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
        List<PendingReason> waits = CredentialLoss.reasons(now, then, at);
        LoadedIdentities left = now.senders();
        if (!waits.isEmpty()) {
            left = Withdrawals.apply(now.senders(), then.senders());
            String withdrawn = EdgeChanges.between(now.senders(), left).text();
            unit("identities", withdrawn.isEmpty() ? "" : "withdrawals: " + withdrawn, List.of());
        }
        boolean issuers = alike(now.identities().issuers(), then.identities().issuers())
                && alike(now.identities().introspection(), then.identities().introspection());
        String what = Stream.of(
                        issuers ? "" : "issuers or introspection changed",
                        EdgeChanges.between(left, then.senders()).text())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        unit("identities", what, waits);
    }

    /** Those of which only the content can differ. */
    private void files() {
        Map<Path, Path> before = named(old);
        Map<Path, Path> after = named(next);
        after.forEach((name, file) -> {
            Path other = before.get(name);
            if (other != null && Files.isReadable(other) && Files.isReadable(file) && differ(other, file)) {
                unit(name.toString(), "its content differs", List.of());
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

    private static Map<Path, Path> named(Side side) {
        GatewaySettings settings = side.config().settings();
        Set<Path> files = new TreeSet<>(ConfigFiles.caFile(settings));
        for (ServerTlsConfig door : ActiveConfiguration.doors(settings)) {
            if (door != null) {
                door.certificates().forEach(pair -> files.addAll(new CertificateUnit(pair).files()));
                if (door.clientAuth() != null) {
                    files.addAll(new ClientCaUnit(door.clientAuth().files()).files());
                }
            }
        }
        Path operators = settings.admin().htpasswdFile();
        if (operators != null) {
            files.add(operators);
        }
        files.addAll(IssuerFiles.of(side.config().identities()));
        files.addAll(IntrospectionFiles.of(side.config().identities()));
        Map<Path, Path> named = new TreeMap<>();
        files.forEach(file -> named.put(side.folder().relativize(file), file));
        return named;
    }

    /** Paths say the same when they lead to one file, or to files of one name in both folders. */
    private boolean alike(@Nullable Object now, @Nullable Object then) {
        if (now instanceof Path one && then instanceof Path other) {
            return one.equals(other)
                    || old.folder().relativize(one).equals(next.folder().relativize(other));
        }
        if (now instanceof List<?> some && then instanceof List<?> others) {
            return some.size() == others.size()
                    && IntStream.range(0, some.size()).allMatch(i -> alike(some.get(i), others.get(i)));
        }
        if (now instanceof Record one && then instanceof Record other && one.getClass() == other.getClass()) {
            return SettingChanges.between(one, other, this::alike).isEmpty();
        }
        return Objects.equals(now, then);
    }
}
