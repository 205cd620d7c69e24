package io.ringgate.reload;

import io.ringgate.hashring.FileHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Numbers by which replicas are compared, as {@link FileHash} makes them: a metric's value holds each exactly. Where the files
 * lie does not matter.
 */
final class FilesHash {

    private static final long MOST = (1L << 48) - 1;

    private FilesHash() {}

    /** Of the content of all, by the order of their paths. A file that is not there counts as such. */
    static long of(Collection<Path> files) {
        List<Path> sorted = files.stream().sorted().toList();
        ByteBuffer all = ByteBuffer.allocate(sorted.size() * Long.BYTES);
        sorted.forEach(file -> all.putLong(content(file)));
        return FileHash.of(all.array()).value();
    }

    private static long content(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? FileHash.of(Files.readAllBytes(file)).value()
                    : -1;
        } catch (IOException unreadable) {
            return -1;
        }
    }

    /** Of a set to which another member is added, in whatever order. */
    static long plus(long set, String member, long hash) {
        return set
                        + FileHash.of((member + '\0' + hash).getBytes(StandardCharsets.UTF_8))
                                .value()
                & MOST;
    }
}
