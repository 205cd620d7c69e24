package io.ringgate.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of a log go: standard output, or a file that may be renamed, removed or truncated at any time, as by
 * logrotate. Then the next lines go to a new file of that name. Used by one thread.
 */
final class LogOutput implements AutoCloseable {

    private final @Nullable Path path;
    private final PrintStream standard;
    private @Nullable OutputStream file;
    private @Nullable Object fileKey;
    private boolean torn;

    /**
     * Opens nothing yet.
     *
     * @param path null for standard output
     */
    LogOutput(@Nullable Path path, PrintStream standard) {
        this.path = path;
        this.standard = standard;
    }

    /** Writes whole lines and does not keep them back. */
    void write(byte[] lines, int length) throws IOException {
        Path wanted = path;
        if (wanted == null) {
            standard.write(lines, 0, length);
            standard.flush();
            if (standard.checkError()) {
                throw new IOException("standard output takes no more");
            }
            return;
        }
        try {
            OutputStream out = open(wanted);
            if (torn) {
                // A failed write may have left half a line behind: it shall not spoil the next one.
                out.write('\n');
                torn = false;
            }
            out.write(lines, 0, length);
        } catch (IOException e) {
            torn = file != null;
            throw e;
        }
    }

    /** The key is read before the file is opened: if the file is replaced in between, the next write sees it. */
    private OutputStream open(Path wanted) throws IOException {
        Object key = key(wanted);
        OutputStream opened = file;
        if (opened != null && key != null && key.equals(fileKey)) {
            return opened;
        }
        close();
        fileKey = key;
        file = Files.newOutputStream(wanted, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return file;
    }

    /** What tells one file from another of the same name; null when there is none. */
    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        OutputStream opened = file;
        file = null;
        fileKey = null;
        if (opened != null) {
            opened.close();
        }
    }
}
