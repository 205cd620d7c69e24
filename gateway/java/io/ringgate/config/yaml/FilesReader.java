package io.ringgate.config.yaml;

import io.ringgate.config.FileLocations;
import io.ringgate.config.Place;
import java.nio.file.Path;

/**
 * Where the other files lie: {@code files}. Paths are as the operator named them, for messages.
 *
 * @param htpasswdPlace where the password file is named, or would be
 */
record FilesReader(Path edges, Path htpasswd, Place htpasswdPlace) {

    static FilesReader read(Section section) {
        Reading reading = section.reading();
        Path edges = section.read("edges", NamedFile.in(reading), reading.shown(FileLocations.DEFAULT_EDGES));
        Path htpasswd = section.read("htpasswd", NamedFile.in(reading), reading.shown(FileLocations.DEFAULT_HTPASSWD));
        section.end();
        return new FilesReader(edges, htpasswd, section.place("htpasswd"));
    }

    FileLocations locations() {
        return new FileLocations(Reading.absolute(edges), Reading.absolute(htpasswd));
    }
}
