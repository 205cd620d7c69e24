package io.ringgate.cli.edge;

import io.ringgate.auth.basic.GeneratedSecret;
import io.ringgate.cli.CommandFailure;
import io.ringgate.cli.ConfigOption;
import io.ringgate.config.EdgeEntry;
import io.ringgate.config.FileLoadResult;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import io.ringgate.config.Rings;
import io.ringgate.config.Severity;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.config.yaml.HashringsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringgate edge add}: one more edge cluster, with a secret that is shown once. */
@Command(
        name = "add",
        description = {
            "Adds an edge with a new random password to edges.yaml, and prints the remote_write block for"
                    + " its agents.",
            "The file stores only a hash of the password. A running gateway loads the new edge by itself."
        })
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
final class EdgeAddCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Parameters(paramLabel = "NAME", description = "The name of the edge, and the user name of its agents.")
    private String name;

    @Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "The tenant of its series.")
    private String tenant;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "A label to stamp into each of its series. May be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--source",
            paramLabel = "NETWORK",
            description = "A network that its writes may come from, for example 10.5.0.0/16. May be repeated.")
    private List<String> sources = List.of();

    @Option(
            names = "--not-after",
            paramLabel = "TIME",
            description = "When the password expires, for example 2027-01-31T00:00:00Z.")
    private @Nullable String notAfter;

    @Option(names = "--note", paramLabel = "TEXT", description = "A note that /status shows.")
    private String note = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The URL for the remote_write block. Default: the first listener.")
    private @Nullable String url;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Write the password to this file (mode 0600) instead of printing it.")
    private @Nullable Path passwordFile;

    @Override
    public Integer call() throws IOException {
        if (url != null && !AgentBlock.isWriteUrl(url)) {
            throw CommandFailure.wrong("--url is no URL that agents can write to: write for example"
                    + " https://gateway.example:19291/api/v1/receive, without user and password.");
        }
        ConfigLoader loader = config.loader(Strictness.LENIENT);
        GatewaySettings settings = requireUsable(loader.settings());
        Identities before = requireUsable(loader.identities(settings));
        if (before.edges().stream()
                .anyMatch(entry -> entry.edge().name().value().equals(name))) {
            throw CommandFailure.wrong("There is already an edge named " + name + ": write another name.");
        }
        Instant end = end(Instant.now());
        requirePlaceForPassword();
        GeneratedSecret made = GeneratedSecret.of(new SecureRandom());
        NewEdge edge = new NewEdge(name, tenant, labels, sources, name, made.hash(), end, note);
        Path file = settings.files().edges();
        String text = new EdgeList(Files.readString(file)).with(edge);
        if (text == null) {
            throw CommandFailure.failed(
                    file + " does not list its edges in lines that begin with a dash: write them so first.");
        }
        write(loader, settings, before, text);
        if (passwordFile != null) {
            writeSecret(passwordFile, made);
        }
        printNextSteps(loader, settings, made, file);
        return 0;
    }

    /** Before anything is written: an edge is useless when its password was not shown to anyone. */
    private void requirePlaceForPassword() {
        if (passwordFile == null) {
            return;
        }
        if (Files.exists(passwordFile)) {
            throw CommandFailure.wrong(passwordFile + " exists already: name another file.");
        }
        Path folder = passwordFile.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw CommandFailure.wrong("--password-file " + passwordFile + ": " + folder
                    + " is not a folder: create it, or name another file.");
        }
        if (!Files.isWritable(folder)) {
            throw CommandFailure.wrong("--password-file " + passwordFile + ": this user may not write in " + folder
                    + ": name a file elsewhere.");
        }
    }

    private @Nullable Instant end(Instant now) {
        if (notAfter == null) {
            return null;
        }
        try {
            Instant end = OffsetDateTime.parse(notAfter).toInstant();
            if (!end.isAfter(now)) {
                throw CommandFailure.wrong("--not-after " + notAfter + " is in the past: write a later time.");
            }
            return end;
        } catch (DateTimeException e) {
            throw CommandFailure.wrong("--not-after is not a time: write for example 2027-01-31T00:00:00Z.");
        }
    }

    /** Beside the old file first: only what reads as the old edges and the new one takes its place. */
    private void write(ConfigLoader loader, GatewaySettings settings, Identities before, String text)
            throws IOException {
        Path file = settings.files().edges().toRealPath();
        if (!Files.isWritable(file.getParent())) {
            throw CommandFailure.failed(
                    file + " cannot be replaced: this user may not write in " + file.getParent() + ".");
        }
        Path fresh = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".new");
        try {
            Files.writeString(fresh, text);
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            Files.setPosixFilePermissions(fresh, permissions);
            FileLoadResult<Identities> read = loader.identities(fresh, settings);
            Identities after = read.value();
            if (after == null || !read.isUsable()) {
                throw CommandFailure.wrong("This edge is not valid: "
                        + sentences(
                                read.problems(), problem -> problem.position().path() + ": " + problem.message())
                        + ".");
            }
            List<EdgeEntry> old = after.edges().subList(0, after.edges().size() - 1);
            if (!old.equals(before.edges())) {
                throw CommandFailure.failed(
                        file + " cannot be changed without changing other edges: add the edge by hand.");
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void writeSecret(Path target, GeneratedSecret made) throws IOException {
        Files.createFile(target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(target, made.secret().reveal(), StandardOpenOption.WRITE);
    }

    private void printNextSteps(ConfigLoader loader, GatewaySettings settings, GeneratedSecret made, Path file) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Edge " + name + " is in " + file + " now; a running gateway loads it within seconds.");
        Rings rings = loader.rings(settings).value();
        Identities after = loader.identities(settings).value();
        if (rings != null && !rings.list().isEmpty() && after != null) {
            HashringsReader.withoutRing(after, rings).stream()
                    .filter(edge -> edge.name().value().equals(name))
                    .forEach(edge -> err.println("No hashring matches tenant " + tenant
                            + ", so its writes are refused with 403 until one does."));
        }
        err.println(
                passwordFile == null
                        ? "Give its agents this block. The password is shown this once; the file has only its hash."
                        : "Give its agents this block, and the file with the password.");
        err.flush();
        PrintWriter out = spec.commandLine().getOut();
        out.print(new AgentBlock(
                        url == null ? AgentBlock.url(settings) : url,
                        name,
                        passwordFile == null ? made.secret().revealText() : null,
                        passwordFile == null ? Path.of("") : passwordFile)
                .yaml());
        out.flush();
    }

    private static <T> T requireUsable(FileLoadResult<T> part) {
        T read = part.value();
        if (read == null || !part.isUsable()) {
            throw CommandFailure.wrong("The configuration has errors, fix them first: "
                    + sentences(part.problems(), Problem::toString) + ".");
        }
        return read;
    }

    private static String sentences(Problems problems, Function<Problem, String> shown) {
        return problems.list().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(shown)
                .collect(Collectors.joining("; "));
    }
}
