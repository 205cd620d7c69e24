package io.ringgate.config.yaml;

import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.Loaded;
import io.ringgate.config.Place;
import io.ringgate.config.Problems;
import io.ringgate.config.Strictness;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what an operator wrote: {@code ringgate.yaml}, then the edges it names. Both are read to their end. */
public final class ConfigLoader {

    private static final String MAKE_USER = "make it with `htpasswd -cB FILE USER` or name your own";

    private final Environment environment;
    private final Reading reading;

    private ConfigLoader(Environment environment, Reading reading) {
        this.environment = environment;
        this.reading = reading;
    }

    /**
     * Loads the whole configuration.
     *
     * @param ringgateYaml messages show it as it is given; relative files are looked for in its folder
     * @param environment the value of a variable, or null where it is not set
     */
    public static Loaded load(
            Path ringgateYaml, Strictness strictness, Function<String, @Nullable String> environment) {
        Path folder = Objects.requireNonNullElse(ringgateYaml.getParent(), Path.of(""));
        Reading reading = new Reading(new Problems(), folder, strictness.absentFile());
        return new ConfigLoader(new Environment(environment), reading).load(ringgateYaml);
    }

    private Loaded load(Path ringgateYaml) {
        Problems problems = reading.problems();
        Section root = root(ringgateYaml);
        if (root == null) {
            return new Loaded(null, problems, Map.of());
        }
        SettingsReader gateway = SettingsReader.read(root);
        IdentitiesReader reader = new IdentitiesReader(gateway.stamp());
        Section edges = root(gateway.files().edges());
        Identities identities = edges == null ? null : reader.read(edges);
        Map<String, Place> users = reader.basicUsers();
        if (!users.isEmpty()) {
            NamedFile.check(gateway.files().htpasswd(), gateway.files().htpasswdPlace(), MAKE_USER, reading);
        }
        GatewaySettings settings = gateway.settings();
        if (settings == null || identities == null || problems.hasErrors()) {
            return new Loaded(null, problems, users);
        }
        return new Loaded(new GatewayConfig(settings, identities), problems, users);
    }

    private @Nullable Section root(Path file) {
        String text = YamlFile.text(file, file.toString(), reading.problems());
        Node node = text == null ? null : YamlTree.read(text, file.toString(), environment, reading.problems());
        return node == null ? null : Section.of(node, reading);
    }
}
