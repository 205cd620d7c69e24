package io.ringgate.cli;

import io.ringgate.config.LoadResult;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration, and reading it. */
@SuppressWarnings("NullAway.Init") // picocli sets the field before the command runs
public final class ConfigOption {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config/ringgate.yaml",
            description = "The configuration file (${DEFAULT-VALUE}).")
    private Path file;

    Path file() {
        return file;
    }

    public ConfigLoader loader(Strictness strictness) {
        return new ConfigLoader(file, strictness, System::getenv);
    }

    LoadResult load(Strictness strictness) {
        return loader(strictness).load();
    }
}
