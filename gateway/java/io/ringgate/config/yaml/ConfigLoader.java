package io.ringgate.config.yaml;

import io.ringgate.config.FileLoadResult;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.LimitsSource;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Policies;
import io.ringgate.config.PolicyFile;
import io.ringgate.config.Problems;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.Rings;
import io.ringgate.config.SourcePosition;
import io.ringgate.config.Strictness;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.Edge;
import io.ringgate.hashring.Algorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads {@code ringgate.yaml} and the files it names, together or one of them. Each call reads the whole files again. One
 * thread at a time.
 */
public final class ConfigLoader {

    private static final String MAKE_USER = "make it with `htpasswd -cB FILE USER` or name your own";

    private static final String USUAL_RINGS = "hashrings.json";
    private static final Identities NOBODY = new Identities(List.of());

    private final Path ringgateYaml;
    private final Strictness strictness;
    private final Environment environment;
    private final AskedKeys keys;

    /**
     * @param ringgateYaml messages show it as it is given; relative files are looked for in its folder
     * @param environment the value of a variable, or null where it is not set
     */
    public ConfigLoader(Path ringgateYaml, Strictness strictness, Function<String, @Nullable String> environment) {
        this(ringgateYaml, strictness, environment, AskedKeys.IGNORED);
    }

    ConfigLoader(
            Path ringgateYaml, Strictness strictness, Function<String, @Nullable String> environment, AskedKeys keys) {
        this.ringgateYaml = ringgateYaml;
        this.strictness = strictness;
        this.environment = new Environment(environment);
        this.keys = keys;
    }

    /** The file that names all others. */
    public Path file() {
        return ringgateYaml;
    }

    /** The whole configuration. A file that cannot be read does not hide the problems of others. */
    public LoadResult load() {
        ReadContext reading = reading();
        Problems problems = reading.problems();
        Section root = root(ringgateYaml, reading);
        SettingsReader gateway = SettingsReader.read(
                root == null ? Section.refused(SourcePosition.ofFile(ringgateYaml), reading) : root);
        IdentitiesReader reader = new IdentitiesReader(gateway.stamp());
        Section edges = root == null && !Files.exists(gateway.files().edges())
                ? null
                : root(gateway.files().edges(), reading);
        Identities identities = edges == null ? null : reader.read(edges);
        Map<String, SourcePosition> users = reader.basicUsers();
        boolean passwords = identities == null ? !users.isEmpty() : identities.needHtpasswd();
        if (passwords && (root != null || Files.exists(gateway.files().htpasswd()))) {
            NamedFile.check(gateway.files().htpasswd(), gateway.files().htpasswdPosition(), MAKE_USER, reading);
        }
        GatewaySettings settings = gateway.settings();
        Rings rings = rings(
                root == null ? usualRings() : gateway.readable().receivers().source(), reading);
        PolicyCheck check = settings == null || identities == null ? null : new PolicyCheck(settings, identities);
        Policies policies = policiesReader(reading).read(gateway.files().limits(), check);
        GatewayConfig readable =
                new GatewayConfig(gateway.readable(), Objects.requireNonNullElse(identities, NOBODY), rings, policies);
        if (settings == null || identities == null || problems.hasErrors()) {
            return new LoadResult(null, readable, problems, users);
        }
        warnOfTenantsWithoutRing(rings, identities, reader, settings.receivers().source(), reading);
        SourcePosition certificate = reader.firstCertificate();
        if (certificate != null && settings.listeners().stream().noneMatch(ListenerConfig::asksForCertificates)) {
            problems.warning(
                    certificate,
                    "no listener asks for certificates, so none can authenticate by one: write client_auth in a listener's tls");
        }
        return new LoadResult(readable, readable, problems, users);
    }

    /** Where it is unknown which file it is and how receivers read it: only what is wrong in any case is reported. */
    private ReceiverSource usualRings() {
        Path usual = Objects.requireNonNullElse(ringgateYaml.getParent(), Path.of(""))
                .resolve(USUAL_RINGS);
        return Files.exists(usual)
                ? new ReceiverSource.Hashrings(ReadContext.absolute(usual), Algorithm.KETAMA, 1)
                : ReceiversReader.NOBODY;
    }

    private static Rings rings(ReceiverSource source, ReadContext reading) {
        if (!(source instanceof ReceiverSource.Hashrings named)) {
            return Rings.NONE;
        }
        String shown = reading.displayPath(named.file()).toString();
        if (reading.isAbsentAllowed(named.file())) {
            reading.problems().warning(SourcePosition.ofFile(shown), "does not exist, write it or name another file");
            return Rings.NONE;
        }
        return HashringsReader.read(named, shown, reading.problems());
    }

    private static void warnOfTenantsWithoutRing(
            Rings rings,
            Identities identities,
            IdentitiesReader positions,
            ReceiverSource source,
            ReadContext reading) {
        if (!(source instanceof ReceiverSource.Hashrings named) || rings.equals(Rings.NONE)) {
            return;
        }
        for (Edge edge : HashringsReader.withoutRing(identities, rings)) {
            reading.problems()
                    .warning(
                            positions.tenantPosition(edge.name()),
                            "no ring of "
                                    + QuotedText.of(
                                            reading.displayPath(named.file()).toString()) + " takes tenant "
                                    + edge.tenant()
                                    + ", so writes of edge " + edge.name()
                                    + " are refused with 403: name the tenant in a ring, or add a ring without tenants");
        }
    }

    /** What {@code ringgate.yaml} says, whatever the state of the files that it names. */
    public FileLoadResult<GatewaySettings> settings() {
        ReadContext reading = reading();
        Section root = root(ringgateYaml, reading);
        return new FileLoadResult<>(
                root == null ? null : SettingsReader.read(root).settings(), reading.problems());
    }

    /** What {@code edges.yaml} says, where these settings name it and with the labels that they stamp. */
    public FileLoadResult<Identities> identities(GatewaySettings settings) {
        return identities(settings.files().edges(), settings);
    }

    /** What another file would say in its place. */
    public FileLoadResult<Identities> identities(Path file, GatewaySettings settings) {
        ReadContext reading = reading();
        Section edges = root(file, reading);
        return new FileLoadResult<>(
                edges == null ? null : new IdentitiesReader(settings.stamp()).read(edges), reading.problems());
    }

    /** What the hashring file says, where these settings name it; no rings where they name none. */
    public FileLoadResult<Rings> rings(GatewaySettings settings) {
        ReadContext reading = reading();
        return new FileLoadResult<>(rings(settings.receivers().source(), reading), reading.problems());
    }

    /** How much each tenant may send, by all files that these settings name. */
    public FileLoadResult<Policies> policies(GatewaySettings settings) {
        ReadContext reading = reading();
        Policies read = switch (settings.files().limits()) {
            case LimitsSource.Folder folder -> policiesReader(reading).read(folder, null);
            case LimitsSource.Thanos thanos -> policiesReader(reading).thanos(thanos);
        };
        return new FileLoadResult<>(read, reading.problems());
    }

    /** Which policy files there are, that of all tenants first. */
    public FileLoadResult<List<PolicyFile>> policyFiles(LimitsSource.Folder limits) {
        ReadContext reading = reading();
        return new FileLoadResult<>(new PolicyFolder(limits.folder(), reading).files(), reading.problems());
    }

    /** What one of them says. */
    public FileLoadResult<TenantPolicy> policy(PolicyFile file) {
        ReadContext reading = reading();
        return new FileLoadResult<>(policiesReader(reading).file(file), reading.problems());
    }

    private PoliciesReader policiesReader(ReadContext reading) {
        return new PoliciesReader(environment, reading);
    }

    private ReadContext reading() {
        Path folder = Objects.requireNonNullElse(ringgateYaml.getParent(), Path.of(""));
        return new ReadContext(new Problems(), folder, strictness.absentFile(), keys);
    }

    private @Nullable Section root(Path file, ReadContext reading) {
        return YamlFile.section(file, file.toString(), environment, reading);
    }
}
