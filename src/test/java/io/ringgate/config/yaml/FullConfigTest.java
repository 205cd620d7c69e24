package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.GatewayConfig;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Severity;
import io.ringgate.config.Strictness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The full sample as a whole; its parts are looked at beside the record they fill. */
class FullConfigTest {

    @TempDir
    Path folder;

    /** The files it names are absent, which is a warning. */
    static GatewayConfig load(Path folder) throws IOException {
        ConfigFixture trial =
                new ConfigFixture(folder).settings(FullConfig.SETTINGS).edges(FullConfig.EDGES);
        LoadResult loaded = trial.load(Strictness.LENIENT);
        assertThat(loaded.problems().list()).allMatch(p -> p.severity() == Severity.WARNING);
        return Objects.requireNonNull(loaded.config());
    }

    @Test
    void named_but_absent_files_are_warnings_in_a_check() throws IOException {
        ConfigFixture trial =
                new ConfigFixture(folder).settings(FullConfig.SETTINGS).edges(FullConfig.EDGES);

        assertThat(trial.shown(trial.load(Strictness.LENIENT)))
                .hasSize(15)
                .allMatch(p -> p.contains(": warning: ") && p.contains(" does not exist, "))
                .anyMatch(
                        p -> p.contains(
                                "warning: files.htpasswd: passwords does not exist, make it with `htpasswd -cB FILE USER` or name your own"));
    }

    @Test
    void named_but_absent_files_are_errors_for_whoever_needs_them() throws IOException {
        ConfigFixture trial =
                new ConfigFixture(folder).settings(FullConfig.SETTINGS).edges(FullConfig.EDGES);

        LoadResult loaded = trial.load(Strictness.STRICT);

        assertThat(loaded.config()).isNull();
        assertThat(loaded.problems().errors()).isEqualTo(15);
    }

    @Test
    void nothing_of_the_settings_is_default() throws IOException, ReflectiveOperationException {
        ConfigFixture.assertNothingIsDefault(load(folder).settings(), new ConfigFixture(folder).taken());
    }
}
