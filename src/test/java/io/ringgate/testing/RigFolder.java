package io.ringgate.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the programs of a test keep their files: logs directly in it, which stay, and data in folders, which do not. */
public final class RigFolder {

    private static final Logger LOG = LoggerFactory.getLogger(RigFolder.class);
    private static final int SHOWN_LINES = 25;

    private RigFolder() {}

    /** An empty folder below {@code target}. */
    static Path fresh(String kind, String test) throws IOException {
        Path folder = Path.of("target", kind, test).toAbsolutePath();
        delete(folder);
        return Files.createDirectories(folder);
    }

    static void showLogs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path log : files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                List<String> lines = Files.readAllLines(log);
                LOG.error(
                        "the end of {}:\n{}",
                        log,
                        String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())));
            }
        }
    }

    static void deleteData(Path folder) throws IOException {
        try (Stream<Path> data = Files.list(folder)) {
            for (Path each : data.filter(Files::isDirectory).toList()) {
                delete(each);
            }
        }
    }

    /** With all that is in it, into a folder that may be there. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** With all that is in it; nothing where it is not there. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
