package io.ringgate.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a file without reading it. Symlinks are followed to the end, so that a swapped one shows as another
 * file.
 *
 * @param identity the file's own on its file system; where that has none, the path behind all symlinks, which costs more to
 *     find out
 */
record FileMark(Object identity, long size, FileTime modified) {

    /** Absent for a file that is not there or may not be looked at. */
    static @Nullable FileMark of(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = is.fileKey();
            return new FileMark(key == null ? file.toRealPath() : key, is.size(), is.lastModifiedTime());
        } catch (IOException notThere) {
            return null;
        }
    }
}
