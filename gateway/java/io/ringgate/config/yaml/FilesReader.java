package io.ringgate.config.yaml;

import io.ringgate.config.FileLocations;
import io.ringgate.config.LimitsSource;
import io.ringgate.config.SourcePosition;
import java.nio.file.Path;

/**
 * Where the other files lie: {@code files}. The paths of edges and passwords are kept as the operator wrote them, for
 * messages.
 *
 * @param htpasswdPosition where the password file is named, or would be
 */
record FilesReader(Path edges, Path htpasswd, SourcePosition htpasswdPosition, LimitsSource limits) {

    static FilesReader read(Section section) {
        ReadContext reading = section.reading();
        Path edges = section.read("edges", NamedFile.in(reading), reading.displayPath(FileLocations.DEFAULT_EDGES));
        Path htpasswd =
                section.read("htpasswd", NamedFile.in(reading), reading.displayPath(FileLocations.DEFAULT_HTPASSWD));
        LimitsSource limits = limits(section);
        section.end();
        return new FilesReader(edges, htpasswd, section.position("htpasswd"), limits);
    }

    private static LimitsSource limits(Section section) {
        ReadContext reading = section.reading();
        Path folder = section.find("limits", NamedFile.in(reading), reading.displayPath(FileLocations.DEFAULT_LIMITS));
        Path thanos = section.find("thanos_limits", NamedFile.in(reading));
        if (section.has("limits") && section.has("thanos_limits")) {
            section.error("thanos_limits", "limits are in a folder already, leave one of the two out");
        }
        if (folder != null) {
            NamedFile.checkFolder(folder, section.position("limits"), "make it, or leave the key out", reading);
        } else if (thanos != null) {
            NamedFile.check(
                    thanos, section.position("thanos_limits"), "name the limits file that the receivers read", reading);
            return new LimitsSource.Thanos(ReadContext.absolute(thanos));
        }
        return new LimitsSource.Folder(
                ReadContext.absolute(folder == null ? reading.displayPath(FileLocations.DEFAULT_LIMITS) : folder));
    }

    FileLocations locations() {
        return new FileLocations(ReadContext.absolute(edges), ReadContext.absolute(htpasswd), limits);
    }
}
