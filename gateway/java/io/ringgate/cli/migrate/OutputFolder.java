package io.ringgate.cli.migrate;

import io.ringgate.cli.CommandFailure;
import io.ringgate.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The folder that is written. A file that is there is never touched. */
final class OutputFolder {

    private final Path folder;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, Secret> secrets = new LinkedHashMap<>();

    OutputFolder(Path folder) {
        this.folder = folder;
    }

    /** An empty text is no file. */
    void add(String name, String text) {
        if (!text.isEmpty()) {
            files.put(name, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** For its owner's eyes. */
    void add(String name, Secret text) {
        secrets.put(name, text);
    }

    /**
     * Writes them all.
     *
     * @throws CommandFailure with exit code 2, before anything is written, where one is there already
     */
    void write() {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw CommandFailure.wrong(ReportText.of(folder.toString()) + " is a file, name a folder.");
        }
        Stream.concat(secrets.keySet().stream(), files.keySet().stream())
                .map(folder::resolve)
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .ifPresent(file -> {
                    throw CommandFailure.wrong(ReportText.of(file.toString())
                            + " exists already, and nothing is overwritten: name another folder.");
                });
        try {
            for (Map.Entry<String, Secret> secret : secrets.entrySet()) {
                create(
                        secret.getKey(),
                        secret.getValue().reveal(),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                create(file.getKey(), file.getValue());
            }
        } catch (IOException failed) {
            throw CommandFailure.failed(ReportText.of(folder + " cannot be written: " + failed.getMessage()) + ".");
        }
    }

    private void create(String name, byte[] content, FileAttribute<?>... attributes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file, attributes);
        Files.write(file, content, StandardOpenOption.WRITE);
    }
}
