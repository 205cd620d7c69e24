package io.ringgate.pipeline;

import io.netty.buffer.ByteBuf;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.wire.EncodedWrite;
import io.ringgate.wire.SeriesLimits;
import io.ringgate.wire.WriteCodec;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packed body of one admitted write, in one heap buffer that this owns until {@link #code} hands it on or {@link
 * #dropPacked}. Its memory is granted before it is made.
 */
final class WriteBody {

    private static final Logger LOG = LoggerFactory.getLogger(WriteBody.class);

    /** The first buffer of a body whose size is not known. */
    private static final int FIRST_CHUNK = 16 * 1024;

    private final WritePath.Shared shared;
    private final EdgeContext context;
    private final Allowance allowance;
    private final WriteHead head;
    private final long capacity;
    private final long unpacked;
    private @Nullable ByteBuf packed;
    private long read;

    /**
     * @param write whose preface is complete
     * @param unpacked the declared size of the message
     */
    WriteBody(RequestedWrite write, long unpacked) {
        this.shared = write.shared();
        this.context = write.edge();
        this.allowance = write.allowance();
        this.head = write.head();
        this.capacity = write.preface().capacity();
        this.unpacked = unpacked;
        int first = head.contentLength() == WriteHead.CHUNKED
                ? (int) Math.min(FIRST_CHUNK, capacity)
                : Math.toIntExact(head.contentLength());
        int preface = write.preface().length();
        ByteBuf fresh = shared.bodies().heapBuffer(Math.max(first, preface), Math.toIntExact(capacity));
        write.preface().copyTo(fresh);
        packed = fresh;
        read = preface;
    }

    /** Takes all readable bytes. The refusal, or null. */
    @Nullable
    Rejection take(ByteBuf piece) {
        read += piece.readableBytes();
        if (read > capacity) {
            return new Rejection.TooLarge(Limit.MAX_PACKED, capacity, read);
        }
        bytes().writeBytes(piece);
        return null;
    }

    /** No more bytes come. The refusal, or null. */
    @Nullable
    Rejection finish() {
        if (head.contentLength() != WriteHead.CHUNKED) {
            return null;
        }
        Rejection tooLarge = allowance.packed(read);
        return tooLarge == null ? allowance.bytes(read) : tooLarge;
    }

    /** The size of the body until now, as it came. */
    long read() {
        return read;
    }

    /** The declared size of the message in it. */
    long unpacked() {
        return unpacked;
    }

    /**
     * Runs the codec, on whichever thread. The bytes of the result belong to the caller; what came in is kept only when it
     * is that result.
     *
     * @param need told how much memory it takes from here on, when that turns out to be less than was granted
     */
    CodedBody code(WriteCodec codec, SeriesLimits limits, LongConsumer need) {
        ByteBuf in = bytes();
        int size = in.readableBytes();
        try {
            EncodedWrite coded = codec.code(
                    in.array(),
                    in.arrayOffset() + in.readerIndex(),
                    size,
                    context.plan(),
                    limits,
                    bytes -> need.accept(in.capacity() + bytes));
            return switch (coded) {
                case EncodedWrite.Faulty(Rejection rejection) -> new CodedBody.Unusable(rejection);
                case EncodedWrite.Ready ready -> usable(ready, in);
            };
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("edge", context.edge().name())
                    .addKeyValue("bytes", size)
                    .addKeyValue("request_id", head.requestId())
                    .setCause(e)
                    .log("write failed in the codec");
            return new CodedBody.Unusable(failed());
        }
    }

    /** The refusal of a write that failed by our fault. */
    static Rejection failed() {
        return new Rejection.Plain(Reason.INTERNAL, "the gateway failed on this write and its log says why");
    }

    private CodedBody usable(EncodedWrite.Ready ready, ByteBuf in) {
        if (ready.unchanged()) {
            packed = null;
            return new CodedBody.Usable(ready.tally(), in);
        }
        dropPacked();
        ByteBuf out = shared.bodies().heapBuffer(ready.length(), ready.length());
        out.writeBytes(ready.bytes(), ready.from(), ready.length());
        return new CodedBody.Usable(ready.tally(), out);
    }

    /** Gives the buffer back, if it was not handed on. */
    void dropPacked() {
        ByteBuf held = packed;
        packed = null;
        if (held != null) {
            held.release();
        }
    }

    private ByteBuf bytes() {
        ByteBuf held = packed;
        if (held == null) {
            throw new IllegalStateException("the body is not there");
        }
        return held;
    }
}
