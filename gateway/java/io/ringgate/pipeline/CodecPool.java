package io.ringgate.pipeline;

import io.ringgate.wire.SeriesLimits;
import io.ringgate.wire.WriteCodec;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Codecs for messages that are coded off the event loops, kept from write to write: the arrays of one are some megabytes,
 * and to allocate them for each write costs more than to pack it. There are never more than threads that code at a time.
 * Any thread.
 */
public final class CodecPool {

    private final Supplier<WriteCodec> fresh;
    private final Queue<WriteCodec> idle = new ConcurrentLinkedQueue<>();

    public CodecPool(Supplier<WriteCodec> fresh) {
        this.fresh = fresh;
    }

    /** For an event loop, which keeps it. */
    WriteCodec fresh() {
        return fresh.get();
    }

    /** On the thread of a job. The result shares no memory with the codec. */
    CodedBody code(WriteBody body, SeriesLimits limits, LongConsumer need) {
        WriteCodec kept = idle.poll();
        WriteCodec codec = kept == null ? fresh.get() : kept;
        try {
            return body.code(codec, limits, need);
        } finally {
            codec.trim();
            idle.add(codec);
        }
    }
}
