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
 * @param key the file's own identity on its file system, where that has one
 */
record FileMark(
        Path real, long size, FileTime modified, @Nullable Object key) {

    /** Absent for a file that is not there or may not be looked at. */
    static @Nullable FileMark of(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes is = Files.readAttributes(real, BasicFileAttributes.class);
            return new FileMark(real, is.size(), is.lastModifiedTime(), is.fileKey());
        } catch (IOException notThere) {
            return null;
        }
    }
}
