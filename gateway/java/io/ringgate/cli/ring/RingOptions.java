package io.ringgate.cli.ring;

import io.ringgate.cli.CommandFailure;
import io.ringgate.config.FileLoadResult;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.hashring.Algorithm;
import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.HashringFile;
import io.ringgate.hashring.InvalidRing;
import io.ringgate.hashring.Placement;
import io.ringgate.hashring.TenantMatcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * What decides beside the file of rings: two flags of a receiver, written here or taken from the gateway's configuration,
 * which also says where the file is. A flag that is written counts.
 */
final class RingOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The gateway's configuration: gives hashrings_file, algorithm and replication_factor where"
                    + " their options are not set.")
    private @Nullable Path config;

    @Option(
            names = "--algorithm",
            paramLabel = "hashmod|ketama",
            converter = AlgorithmText.class,
            description = "The receivers' --receive.hashrings-algorithm, for rings that name none (hashmod).")
    private @Nullable Algorithm algorithm;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "The receivers' --receive.replication-factor (1).")
    private @Nullable Integer replicationFactor;

    private ReceiverSource.@Nullable Hashrings configured;

    static final class AlgorithmText implements ITypeConverter<Algorithm> {

        @Override
        public Algorithm convert(String text) {
            return switch (text) {
                case "hashmod" -> Algorithm.HASHMOD;
                case "ketama" -> Algorithm.KETAMA;
                default -> throw new TypeConversionException("write hashmod or ketama, not '" + text + "'");
            };
        }
    }

    Algorithm algorithm(Hashring ring) {
        return Algorithm.of(ring, algorithm());
    }

    private Algorithm algorithm() {
        Algorithm written = algorithm;
        if (written != null) {
            return written;
        }
        ReceiverSource.Hashrings source = configured();
        return source == null ? Algorithm.HASHMOD : source.algorithm();
    }

    int replicationFactor() {
        Integer written = replicationFactor;
        if (written != null) {
            return written;
        }
        ReceiverSource.Hashrings source = configured();
        return source == null ? 1 : source.replicationFactor();
    }

    /** Where the rings are: the file that is named, or else the one that the configuration names. */
    Path file(@Nullable Path named) {
        ReceiverSource.Hashrings source = named == null ? configured() : null;
        if (named == null && source == null) {
            throw CommandFailure.wrong("No file of rings is named: write --hashrings-file FILE or --config FILE.");
        }
        return source == null ? Objects.requireNonNull(named) : source.file();
    }

    /** Null where no configuration is named. */
    private ReceiverSource.@Nullable Hashrings configured() {
        if (config == null || configured != null) {
            return configured;
        }
        FileLoadResult<GatewaySettings> read = new ConfigLoader(config, Strictness.LENIENT, System::getenv).settings();
        GatewaySettings settings = read.value();
        if (settings == null || !read.isUsable()) {
            throw CommandFailure.wrong("the configuration has errors, fix them first:\n" + read.problems());
        }
        if (!(settings.receivers().source() instanceof ReceiverSource.Hashrings named)) {
            throw CommandFailure.wrong(
                    config + " names no receivers.hashrings_file, so it says nothing of rings: leave --config out.");
        }
        configured = named;
        return named;
    }

    /** @throws CommandFailure with exit code 2 for rings that Thanos refuses or hangs on */
    Placement build(Path file, HashringFile read) {
        if (replicationFactor() < 1) {
            throw CommandFailure.wrong("--replication-factor must be at least 1.");
        }
        try {
            return Placement.of(read.rings(), algorithm(), replicationFactor());
        } catch (InvalidRing impossible) {
            int ring = impossible.ring();
            String name = read.rings().get(ring).name();
            throw CommandFailure.wrong(TerminalText.of(file + ":" + read.lines().get(ring) + ": [" + ring + "]"
                    + (name.isEmpty() ? "" : " " + name) + ": " + impossible.message()));
        }
    }

    /** One ring by itself, taking every tenant. */
    Placement alone(Hashring ring) {
        Hashring open = new Hashring(
                ring.name(),
                TenantMatcher.NONE,
                ring.endpoints(),
                ring.algorithm(),
                ring.externalLabels(),
                ring.shuffleSharding());
        try {
            return Placement.of(List.of(open), algorithm(), replicationFactor());
        } catch (InvalidRing impossible) {
            throw new IllegalStateException("it was built before", impossible);
        }
    }
}
