package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Loaded;
import io.ringgate.config.Problem;
import io.ringgate.config.Strictness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in config/ are what an operator starts from. */
class SamplesTest {

    private static final Path SAMPLE = Path.of("config/ringgate.yaml");

    @TempDir
    Path folder;

    @Test
    void they_pass_a_check_with_warnings_about_absent_certificates_only() {
        Loaded loaded = new ConfigLoader(SAMPLE, Strictness.LENIENT, _ -> null).load();

        assertThat(loaded.config()).isNotNull();
        assertThat(loaded.problems().list())
                .extracting(Problem::message)
                .allMatch(m -> m.startsWith("certs/out/") && m.contains(" does not exist, "));
    }

    @Test
    void their_values_are_the_defaults_they_claim_to_be() throws IOException {
        GatewaySettings sample = settings();
        GatewaySettings defaults = new Trial(folder).taken();

        assertThat(sample)
                .usingRecursiveComparison()
                .ignoringFields("listeners", "memoryBudget", "receivers.source", "files")
                .isEqualTo(defaults);
        assertThat(sample.memoryBudget()).isEqualTo(OptionalLong.of(256L << 20));
    }

    @Test
    void every_user_of_the_edges_is_in_htpasswd() throws IOException {
        Loaded loaded = new ConfigLoader(SAMPLE, Strictness.LENIENT, _ -> null).load();

        assertThat(Files.readAllLines(settings().files().htpasswd()).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.substring(0, line.indexOf(':'))))
                .containsExactlyElementsOf(loaded.basicUsers().keySet());
    }

    private static GatewaySettings settings() {
        Loaded loaded = new ConfigLoader(SAMPLE, Strictness.LENIENT, _ -> null).load();
        return Objects.requireNonNull(loaded.config()).settings();
    }
}
