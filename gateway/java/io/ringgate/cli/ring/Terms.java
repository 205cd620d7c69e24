package io.ringgate.cli.ring;

import io.ringgate.cli.CommandFailure;
import io.ringgate.hashring.Algorithm;
import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.HashringFile;
import io.ringgate.hashring.HashringFileFault;
import io.ringgate.hashring.ImpossibleRing;
import io.ringgate.hashring.Placement;
import io.ringgate.hashring.TenantNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The two flags of a receiver that decide beside the file, and files read with them. */
final class Terms {

    @Option(
            names = "--algorithm",
            paramLabel = "hashmod|ketama",
            converter = AlgorithmText.class,
            description = "The receivers' --receive.hashrings-algorithm, for rings that name none (hashmod).")
    private Algorithm algorithm = Algorithm.HASHMOD;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "The receivers' --receive.replication-factor (1).")
    private int replicationFactor = 1;

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
        return Algorithm.of(ring, algorithm);
    }

    int replicationFactor() {
        return replicationFactor;
    }

    /** @throws CommandFailure with exit code 2 for a file that cannot be read, by us or by Thanos */
    static HashringFile read(Path file) {
        try {
            return HashringFile.read(Files.readAllBytes(file));
        } catch (HashringFileFault fault) {
            String place = fault.path().isEmpty() ? "" : fault.path() + " ";
            throw CommandFailure.wrong(Shown.of(file + ":" + fault.line() + ": " + place + fault.sentence()));
        } catch (NoSuchFileException missing) {
            throw CommandFailure.wrong(Shown.of(file + " does not exist."));
        } catch (IOException e) {
            throw CommandFailure.wrong(Shown.of(file + " cannot be read: " + e.getMessage() + "."));
        }
    }

    /** @throws CommandFailure with exit code 2 for rings that Thanos refuses or hangs on */
    Placement build(Path file, HashringFile read) {
        if (replicationFactor < 1) {
            throw CommandFailure.wrong("--replication-factor must be at least 1.");
        }
        try {
            return Placement.of(read.rings(), algorithm, replicationFactor);
        } catch (ImpossibleRing impossible) {
            int ring = impossible.ring();
            String name = read.rings().get(ring).name();
            throw CommandFailure.wrong(Shown.of(file + ":" + read.lines().get(ring) + ": [" + ring + "]"
                    + (name.isEmpty() ? "" : " " + name) + ": " + impossible.words()));
        }
    }

    /** One ring by itself, taking every tenant. */
    Placement alone(Hashring ring) {
        Hashring open = new Hashring(
                ring.name(),
                TenantNames.NONE,
                ring.endpoints(),
                ring.algorithm(),
                ring.externalLabels(),
                ring.shuffleSharding());
        try {
            return Placement.of(List.of(open), algorithm, replicationFactor);
        } catch (ImpossibleRing impossible) {
            throw new IllegalStateException("it was built before", impossible);
        }
    }
}
