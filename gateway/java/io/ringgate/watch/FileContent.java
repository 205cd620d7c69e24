package io.ringgate.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Checksums of small files, to detect changes that leave size and times as they are. The files may hold secrets: the buffer
 * is wiped after each, and nothing can be learned from a checksum of 32 bits. One thread.
 */
final class FileContent {

    /** Larger files are not read. */
    static final long LARGEST = 16 << 20;

    private final byte[] buffer = new byte[32 << 10];
    private long read;

    /** Null for a file that cannot be read, is larger, or is no file. */
    @Nullable
    Long checksum(Path file) {
        CRC32C sum = new CRC32C();
        int used = 0;
        try {
            if (!Files.isRegularFile(file)) {
                return null;
            }
            try (SeekableByteChannel in = Files.newByteChannel(file)) {
                if (in.size() > LARGEST) {
                    return null;
                }
                ByteBuffer piece = ByteBuffer.wrap(buffer);
                while (in.read(piece.clear()) > 0) {
                    sum.update(buffer, 0, piece.position());
                    used = Math.max(used, piece.position());
                    read += piece.position();
                }
            }
            return sum.getValue();
        } catch (IOException notReadable) {
            return null;
        } finally {
            Arrays.fill(buffer, 0, used, (byte) 0);
        }
    }

    /** All bytes that were read so far. */
    long bytesRead() {
        return read;
    }
}
