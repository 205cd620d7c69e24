package io.ringgate.pipeline;

import io.netty.buffer.ByteBuf;
import io.ringgate.limits.Reservation;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.wire.Coded;
import io.ringgate.wire.DeclaredSize;
import io.ringgate.wire.SeriesLimits;
import io.ringgate.wire.WorstCase;
import io.ringgate.wire.WriteCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of one write and the one reservation that covers it.
 *
 * <p>The reservation is taken when the first bytes tell how large the message in it is: for the packed bytes, the message
 * and every copy made of it, at their worst. It only ever shrinks. The packed bytes lie in one heap buffer that this owns
 * until {@link #code} hands it on or {@link #release}.
 */
final class Body {

    private static final Logger LOG = LoggerFactory.getLogger(Body.class);

    /** The declared size of a snappy block is a varint of at most five bytes. */
    static final int PREFACE = 5;

    private final WritePath.Shared shared;
    private final EdgeContext context;
    private final Allowance allowance;
    private final WriteHead head;

    private final byte[] preface = new byte[PREFACE];
    private int prefaceLength;
    private long unpacked;
    private @Nullable Reservation reservation;
    private @Nullable ByteBuf packed;
    private long packedBytes;
    private long read;

    Body(WritePath.Shared shared, EdgeContext context, Allowance allowance, WriteHead head) {
        this.shared = shared;
        this.context = context;
        this.allowance = allowance;
        this.head = head;
    }

    static Rejection budgetSpent() {
        return new Rejection.Plain(Reason.MEMORY_BUDGET, "the gateway has no memory left for this write now");
    }

    /** Takes all readable bytes. The refusal, or null. */
    @Nullable
    Rejection take(ByteBuf piece) {
        if (packed == null) {
            int wanted = Math.min(PREFACE - prefaceLength, piece.readableBytes());
            piece.readBytes(preface, prefaceLength, wanted);
            prefaceLength += wanted;
            read += wanted;
            long declared = DeclaredSize.read(preface, 0, prefaceLength);
            if (declared == DeclaredSize.NEED_MORE && prefaceLength < PREFACE) {
                return null;
            }
            Rejection refusal = open(declared);
            if (refusal != null) {
                return refusal;
            }
        }
        read += piece.readableBytes();
        ByteBuf bytes = bytes();
        if (bytes.readableBytes() + (long) piece.readableBytes() > capacity()) {
            return new Rejection.TooLarge(
                    Limit.MAX_PACKED, capacity(), bytes.readableBytes() + (long) piece.readableBytes());
        }
        bytes.writeBytes(piece);
        return null;
    }

    private @Nullable Rejection open(long declared) {
        if (declared < 0) {
            return notSnappy();
        }
        Rejection tooLarge = allowance.unpacked(declared);
        if (tooLarge != null) {
            return tooLarge;
        }
        Rejection lie = impossible(declared);
        if (lie != null) {
            return lie;
        }
        unpacked = declared;
        long worst = WorstCase.of(
                capacity(), declared, context.plan(), allowance.terms().enforcedCount(Limit.MAX_SERIES_PER_WRITE));
        if (!shared.budget().couldEverHold(worst)) {
            return new Rejection.TooLarge(
                    "memory need", "memory_budget", shared.budget().size(), worst);
        }
        Reservation taken = shared.budget()
                .reserve(
                        context.edge().name(),
                        allowance.terms().weight(),
                        worst,
                        shared.clock().getAsLong());
        if (taken == null) {
            return budgetSpent();
        }
        reservation = taken;
        int first = head.contentLength() == WriteHead.CHUNKED
                ? (int) Math.min(16 * 1024, capacity())
                : Math.toIntExact(head.contentLength());
        ByteBuf fresh = shared.bodies().heapBuffer(Math.max(first, prefaceLength), Math.toIntExact(capacity()));
        packed = fresh.writeBytes(preface, 0, prefaceLength);
        return null;
    }

    /**
     * The refusal of a block that cannot unpack to what it declares: for a size that no sender can mean nothing is reserved.
     * A chunked body may still have any size up to the cap, so only what would break the cap is refused now; the rest is
     * found when it is whole.
     */
    private @Nullable Rejection impossible(long declared) {
        long most = capacity();
        if (DeclaredSize.isPossible(most, declared)) {
            return null;
        }
        return head.contentLength() == WriteHead.CHUNKED
                ? new Rejection.TooLarge(Limit.MAX_PACKED, most, DeclaredSize.fewestPacked(declared))
                : new Rejection.Plain(Reason.MALFORMED, DeclaredSize.impossible(most, declared));
    }

    private static Rejection notSnappy() {
        return new Rejection.Plain(
                Reason.MALFORMED,
                "the body is not a snappy block, as remote write 1.0 needs: its first bytes tell no size");
    }

    private long capacity() {
        long length = head.contentLength();
        return length == WriteHead.CHUNKED ? allowance.terms().enforced(Limit.MAX_PACKED) : Math.max(length, PREFACE);
    }

    /** No more bytes come. The refusal, or null. */
    @Nullable
    Rejection finish() {
        if (packed == null) {
            return prefaceLength == 0
                    ? new Rejection.Plain(Reason.MALFORMED, "the body is empty, remote write 1.0 needs a snappy block")
                    : notSnappy();
        }
        packedBytes = packed.readableBytes();
        if (head.contentLength() != WriteHead.CHUNKED) {
            return null;
        }
        Rejection tooLarge = allowance.packed(packedBytes);
        return tooLarge == null ? allowance.bytes(packedBytes) : tooLarge;
    }

    /** Of the body until now. */
    long read() {
        return read;
    }

    /** The size of the body as it came. */
    long packed() {
        return packedBytes;
    }

    /** The declared size of the message in it. */
    long unpacked() {
        return unpacked;
    }

    /**
     * Runs the codec, on whichever thread. The bytes of the result belong to the caller; what came in is kept only when it
     * is that result.
     */
    CodedBody code(WriteCodec codec, SeriesLimits limits) {
        ByteBuf in = bytes();
        try {
            Coded coded = codec.code(
                    in.array(), in.arrayOffset() + in.readerIndex(), in.readableBytes(), context.plan(), limits);
            return switch (coded) {
                case Coded.Faulty(Rejection rejection) -> new CodedBody.Unusable(rejection);
                case Coded.Ready ready -> usable(ready, in);
            };
        } catch (RuntimeException | Error e) {
            LOG.error("the codec failed on a write of {} bytes, request {}", in.readableBytes(), head.requestId(), e);
            return new CodedBody.Unusable(
                    new Rejection.Plain(Reason.INTERNAL, "the gateway failed on this write and its log says why"));
        }
    }

    private CodedBody usable(Coded.Ready ready, ByteBuf in) {
        if (ready.asItCame()) {
            packed = null;
            return new CodedBody.Usable(ready.tally(), in);
        }
        ByteBuf out = shared.bodies().heapBuffer(ready.length(), ready.length());
        out.writeBytes(ready.bytes(), ready.from(), ready.length());
        return new CodedBody.Usable(ready.tally(), out);
    }

    /** Whether it holds memory. */
    boolean isReserved() {
        return reservation != null;
    }

    /** From here on only the bytes on their way to the receiver are held. */
    void keepOnly(int bytes) {
        dropPacked();
        Reservation held = reservation;
        if (held != null) {
            held.shrinkTo(Math.min(bytes, held.bytes()));
        }
    }

    /** Gives everything back. */
    void release() {
        dropPacked();
        Reservation held = reservation;
        reservation = null;
        if (held != null) {
            held.release();
        }
    }

    private void dropPacked() {
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
