package io.ringgate.config.yaml;

import io.ringgate.config.PolicyFile;
import io.ringgate.config.SourcePosition;
import io.ringgate.edge.TenantId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The folder of the policy files. It is listed: nothing in it is ever opened by a name that comes from elsewhere. */
final class PolicyFolder {

    private final Path folder;
    private final ReadContext reading;

    PolicyFolder(Path folder, ReadContext reading) {
        this.folder = folder;
        this.reading = reading;
    }

    /** The policy files, that of all tenants first; none where there is no folder. */
    List<PolicyFile> files() {
        List<PolicyFile> found = new ArrayList<>();
        for (String name : names()) {
            if (!name.startsWith(".")) {
                add(name, found);
            }
        }
        return found;
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException none) {
            return names;
        } catch (NotDirectoryException file) {
            reading.problems().error(position(folder), "is a file, the limits are in a folder: make one");
        } catch (IOException | DirectoryIteratorException failed) {
            reading.problems()
                    .error(
                            position(folder),
                            "cannot be listed: " + QuotedText.oneLine(String.valueOf(failed.getMessage()))
                                    + ": change its permissions");
        }
        return names;
    }

    /** A name that sorts before every tenant's is that of the defaults. */
    private void add(String name, List<PolicyFile> found) {
        Path file = folder.resolve(name);
        int end = name.lastIndexOf('.');
        String stem = end < 0 ? name : name.substring(0, end);
        boolean defaults = stem.equals(PolicyFile.DEFAULTS);
        if (!defaults && !TenantId.isValid(stem)) {
            warn(file, "_default.yaml, or TENANT.yaml where a tenant is " + TenantId.RULE);
        } else if (!name.endsWith(PolicyFile.ENDING)) {
            warn(file, stem + PolicyFile.ENDING);
        } else if (!isOther(file)) {
            if (defaults) {
                found.addFirst(PolicyFile.defaults(folder));
            } else {
                found.add(PolicyFile.of(new TenantId(stem), folder));
            }
        }
    }

    private void warn(Path file, String name) {
        reading.problems().warning(position(file), "is not read, it would have to be called " + name);
    }

    /** A folder, or what would never end. A file that has gone is reported when it is read. */
    private boolean isOther(Path file) {
        try {
            if (Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                return false;
            }
            reading.problems().warning(position(file), "is not read, it would have to be a file");
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private SourcePosition position(Path file) {
        return SourcePosition.ofFile(reading.displayPath(file).toString());
    }
}
