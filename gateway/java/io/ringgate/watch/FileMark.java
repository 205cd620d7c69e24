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
 * The attributes of a file that change with its content. Symlinks are followed, so a swapped one gives another mark.
 *
 * @param identity the file system's key of the file, or the real path where there is none, which costs more
 * @param modified can be set back by the writer of the file
 * @param changed the time of the last change of content or attributes, which cannot be set; the same as
 *     {@code modified} where the system keeps none
 */
record FileMark(Object identity, long size, FileTime modified, FileTime changed) {

    private static final boolean UNIX =
            Path.of("").getFileSystem().supportedFileAttributeViews().contains("unix");

    /** Absent for a file that does not exist or whose attributes may not be read. */
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
