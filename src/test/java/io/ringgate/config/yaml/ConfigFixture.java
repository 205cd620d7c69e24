package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.EdgeEntry;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Policies;
import io.ringgate.config.Problem;
import io.ringgate.config.Strictness;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A folder with a ringgate.yaml and an edges.yaml to try. What is not given is the least that loads. */
final class ConfigFixture {

    /** Two lines: what is appended to it stands in line 3. */
    static final String LEAST = """
            listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]
            receivers: {addresses: [receiver-0]}
            """;

    static final String ONE_EDGE = """
            edges: [{name: cluster-02-edge, tenant: default-tenant, credentials: [{basic: {user: two}}]}]
            """;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private String settings = LEAST;
    private String edges = ONE_EDGE;

    ConfigFixture(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("htpasswd"), "");
    }

    ConfigFixture settings(String yaml) {
        settings = yaml;
        return this;
    }

    ConfigFixture with(String more) {
        return settings(LEAST + more);
    }

    ConfigFixture edges(String yaml) {
        edges = yaml;
        return this;
    }

    /** Another file beside them. */
    ConfigFixture file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    ConfigFixture set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    LoadResult load() throws IOException {
        return load(Strictness.STRICT);
    }

    LoadResult load(Strictness strictness) throws IOException {
        return load(strictness, AskedKeys.IGNORED);
    }

    LoadResult load(Strictness strictness, AskedKeys keys) throws IOException {
        Files.writeString(folder.resolve("ringgate.yaml"), settings);
        Files.writeString(folder.resolve("edges.yaml"), edges);
        return new ConfigLoader(folder.resolve("ringgate.yaml"), strictness, environment::get, keys).load();
    }

    /** The problems as an operator reads them who stands in the folder. */
    List<String> problems() throws IOException {
        return shown(load());
    }

    List<String> shown(LoadResult loaded) {
        return loaded.problems().list().stream()
                .map(Problem::toString)
                .map(p -> p.replace(folder + "/", ""))
                .toList();
    }

    GatewaySettings taken() throws IOException {
        return config().settings();
    }

    List<EdgeEntry> takenEdges() throws IOException {
        return config().identities().edges();
    }

    Policies takenPolicies() throws IOException {
        return config().policies();
    }

    /** The same where something is warned of. */
    Policies policiesDespiteWarnings() throws IOException {
        return Objects.requireNonNull(load().config()).policies();
    }

    private GatewayConfig config() throws IOException {
        LoadResult loaded = load();
        assertThat(shown(loaded)).isEmpty();
        return Objects.requireNonNull(loaded.config());
    }

    /** Fails when a component of the record was forgotten, or mapped to what it is anyway. */
    static void assertNothingIsDefault(Record full, Record defaults) throws ReflectiveOperationException {
        for (RecordComponent component : full.getClass().getRecordComponents()) {
            assertThat(component.getAccessor().invoke(full))
                    .as("%s of %s", component.getName(), full.getClass().getSimpleName())
                    .isNotNull()
                    .isNotEqualTo(component.getAccessor().invoke(defaults));
        }
    }
}
