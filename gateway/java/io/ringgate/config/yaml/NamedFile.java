package io.ringgate.config.yaml;

import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import io.ringgate.config.Severity;
import io.ringgate.config.SourcePosition;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files that the configuration names: where they lie, and whether they are there. Their content is read elsewhere. */
final class NamedFile {

    private NamedFile() {}

    /** A path relative to the folder of ringgate.yaml, or an absolute one. */
    static ValueKind<Path> in(ReadContext reading) {
        ValueKind<Path> kind = text -> {
            try {
                return reading.displayPath(ValueKind.TEXT.read(text));
            } catch (InvalidPathException impossible) {
                throw new InvalidValue("is not a path, write the name of a file");
            }
        };
        Path folder = reading.folder();
        return new ValueKind.Named<>(
                "file", kind, path -> (path.startsWith(folder) ? folder.relativize(path) : path).toString());
    }

    /** A certificate, key or password file that must be named, and should be there. Advice: "make one with ...". */
    static @Nullable Path required(Section section, String key, String advice) {
        Path shown = section.require(key, in(section.reading()), "write the path of a PEM file");
        return shown == null ? null : checked(section, key, shown, advice);
    }

    static @Nullable Path optional(Section section, String key, String advice) {
        Path shown = section.find(key, in(section.reading()));
        return shown == null ? null : checked(section, key, shown, advice);
    }

    private static Path checked(Section section, String key, Path shown, String advice) {
        check(shown, section.position(key), advice, section.reading());
        return ReadContext.absolute(shown);
    }

    /** A file that we write to: its folder must be there. */
    static void checkWritable(Path shown, SourcePosition position, ReadContext reading) {
        Path folder = ReadContext.absolute(shown).getParent();
        if (Files.isDirectory(shown)) {
            reading.problems().error(position, SecretKeys.file(shown, position) + " is a folder, name a file");
        } else if (folder == null || !Files.isDirectory(folder)) {
            reading.problems()
                    .add(new Problem(
                            reading.absentFile(),
                            position,
                            "the folder of " + SecretKeys.file(shown, position) + " does not exist, make it"));
        } else if (!Files.isWritable(Files.exists(shown) ? shown : folder)) {
            reading.problems()
                    .add(new Problem(
                            reading.absentFile(),
                            position,
                            SecretKeys.file(shown, position)
                                    + " may not be written by this user, change its permissions"));
        }
    }

    /** A folder of files that are read. */
    static void checkFolder(Path shown, SourcePosition position, String advice, ReadContext reading) {
        if (!Files.exists(shown)) {
            reading.problems()
                    .add(new Problem(
                            reading.absentFile(),
                            position,
                            SecretKeys.file(shown, position) + " does not exist, " + advice));
        } else if (!Files.isDirectory(shown)) {
            reading.problems().error(position, SecretKeys.file(shown, position) + " is a file, name a folder");
        }
    }

    static void check(Path shown, SourcePosition position, String advice, ReadContext reading) {
        Severity absent = reading.absentFile();
        Problems problems = reading.problems();
        if (Files.isDirectory(shown)) {
            problems.error(position, SecretKeys.file(shown, position) + " is a folder, name a file");
        } else if (!Files.exists(shown)) {
            problems.add(
                    new Problem(absent, position, SecretKeys.file(shown, position) + " does not exist, " + advice));
        } else if (!Files.isReadable(shown)) {
            problems.add(new Problem(
                    absent,
                    position,
                    SecretKeys.file(shown, position) + " may not be read by this user, change its permissions"));
        }
    }
}
