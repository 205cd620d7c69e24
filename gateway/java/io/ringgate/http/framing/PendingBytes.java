package io.ringgate.http.framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that came from the client and were not consumed yet. Owns the buffer that holds them and gives it back as soon as
 * it is empty. On the connection's event loop only.
 */
public final class PendingBytes {

    private @Nullable ByteBuf held;

    /** Takes over {@code bytes}. */
    public void add(ByteBufAllocator alloc, ByteBuf bytes) {
        ByteBuf before = held;
        held = before == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(alloc, before, bytes);
    }

    /** Lent until the next call; null when there are none. */
    public @Nullable ByteBuf bytes() {
        ByteBuf here = held;
        return here == null || !here.isReadable() ? null : here;
    }

    public boolean isEmpty() {
        return bytes() == null;
    }

    /** How many there are. */
    public int size() {
        ByteBuf here = held;
        return here == null ? 0 : here.readableBytes();
    }

    /** What the buffer takes of memory. */
    public int capacity() {
        ByteBuf here = held;
        return here == null ? 0 : here.capacity();
    }

    public void releaseIfEmpty() {
        if (isEmpty()) {
            release();
        }
    }

    public void release() {
        ByteBuf here = held;
        held = null;
        if (here != null) {
            here.release();
        }
    }
}
