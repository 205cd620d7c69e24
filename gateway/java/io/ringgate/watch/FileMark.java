package io.ringgate.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a file without reading it. Symlinks are followed to the end, so that a swapped one shows as another
 * file.
 *
 * @param identity the file's own on its file system; where that has none, the path behind all symlinks, which costs more to
 *     find out
 * @param modified which whoever writes the file can set back
 * @param changed the time of the last change of content or attributes, which nobody can set; the same as {@code modified}
 *     where the system keeps none
 */
record FileMark(Object identity, long size, FileTime modified, FileTime changed) {

    private static final boolean UNIX =
            Path.of("").getFileSystem().supportedFileAttributeViews().contains("unix");

    /** Absent for a file that is not there or may not be looked at. */
    static @Nullable FileMark of(Path file) {
        try {
            return UNIX ? ofUnix(file) : ofAny(file);
        } catch (IOException notThere) {
            return null;
        }
    }

    private static FileMark ofUnix(Path file) throws IOException {
        Map<String, Object> is = Files.readAttributes(file, "unix:fileKey,size,lastModifiedTime,ctime");
        return new FileMark(
                of(is, "fileKey", Object.class),
                of(is, "size", Long.class),
                of(is, "lastModifiedTime", FileTime.class),
                of(is, "ctime", FileTime.class));
    }

    private static <T> T of(Map<String, Object> attributes, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(attributes.get(name)));
    }

    private static FileMark ofAny(Path file) throws IOException {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = is.fileKey();
        FileTime modified = is.lastModifiedTime();
        return new FileMark(key == null ? file.toRealPath() : key, is.size(), modified, modified);
    }
}
