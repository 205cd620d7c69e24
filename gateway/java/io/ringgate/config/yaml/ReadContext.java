package io.ringgate.config.yaml;

import io.ringgate.config.Problems;
import io.ringgate.config.Severity;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What every reader of one load shares.
 *
 * @param problems where they are collected
 * @param folder of ringgate.yaml, as the operator named it; relative files begin here
 * @param absentFile the severity of a named but absent certificate, key, password or hashring file
 * @param keys gets the keys that readers ask for
 */
record ReadContext(Problems problems, Path folder, Severity absentFile, AskedKeys keys) {

    /** True for a file that is not there and need not be yet. */
    boolean isAbsentAllowed(Path file) {
        return absentFile == Severity.WARNING && !Files.exists(file);
    }

    /** For messages: as short as the operator named the folder. */
    Path displayPath(String file) {
        return folder.resolve(file).normalize();
    }

    /** The same for a path that was made absolute. */
    Path displayPath(Path absolute) {
        Path here = absolute(folder);
        return absolute.startsWith(here) ? folder.resolve(here.relativize(absolute)) : absolute;
    }

    static Path absolute(Path shown) {
        return shown.toAbsolutePath().normalize();
    }
}
