package io.ringgate.pipeline;

import io.netty.buffer.ByteBuf;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.wire.DeclaredSize;
import io.ringgate.wire.StampPlan;
import io.ringgate.wire.WorstCaseMemory;

/**
 * The first bytes of a body, at most {@link #LENGTH}: they declare how large the message is, and so tell what memory the
 * write needs for it and every copy made of it. Nothing is reserved for a size that a sender only claims in a header.
 */
final class BodyPreface {

    /** The declared size of a snappy block is a varint of at most five bytes. */
    static final int LENGTH = 5;

    /** What is known from the bytes so far. */
    sealed interface Reading {

        /** Not enough yet. */
        record Incomplete() implements Reading {}

        record Refused(Rejection rejection) implements Reading {}

        /**
         * The size is known, and within every limit.
         *
         * @param need the most memory that the write may take
         */
        record Complete(long unpacked, long need) implements Reading {}
    }

    private static final Reading INCOMPLETE = new Reading.Incomplete();

    private final WriteHead head;
    private final Allowance allowance;
    private final StampPlan plan;
    private final long budget;
    private final byte[] bytes = new byte[LENGTH];
    private int length;

    /** @param budget what all writes together may hold */
    BodyPreface(WriteHead head, Allowance allowance, StampPlan plan, long budget) {
        this.head = head;
        this.allowance = allowance;
        this.plan = plan;
        this.budget = budget;
    }

    /** How many bytes it takes before it can tell more. */
    int wants() {
        return LENGTH - length;
    }

    /** Takes all readable bytes, which are no more than it {@link #wants}. */
    Reading take(ByteBuf piece) {
        int some = piece.readableBytes();
        piece.readBytes(bytes, length, some);
        length += some;
        long declared = DeclaredSize.read(bytes, 0, length);
        if (declared == DeclaredSize.NEED_MORE && length < LENGTH) {
            return INCOMPLETE;
        }
        return declared < 0 ? new Reading.Refused(notSnappy()) : judge(declared);
    }

    private Reading judge(long declared) {
        Rejection refusal = allowance.unpacked(declared);
        if (refusal == null && !DeclaredSize.isPossible(capacity(), declared)) {
            refusal = impossible(declared);
        }
        if (refusal != null) {
            return new Reading.Refused(refusal);
        }
        long need = need(declared);
        return need > budget
                ? new Reading.Refused(new Rejection.TooLarge("memory need", "memory_budget", budget, need))
                : new Reading.Complete(declared, need);
    }

    private long need(long unpacked) {
        return WorstCaseMemory.of(
                capacity(), unpacked, plan, allowance.limits().enforcedCount(Limit.MAX_SERIES_PER_WRITE));
    }

    /**
     * What a write may need whose sender sends nothing before it is told to: as if its body unpacked to the most that it
     * can. Never more than there is, since the body may turn out to be smaller.
     */
    long mostNeed() {
        long unpacked = Math.min(
                DeclaredSize.mostUnpacked(capacity()), allowance.limits().enforced(Limit.MAX_UNPACKED));
        return Math.min(budget, need(unpacked));
    }

    /**
     * The refusal of a block that cannot unpack to what it declares: for a size that no sender can mean nothing is reserved.
     * A chunked body may still have any size up to the cap, so only what would break the cap is refused now; the rest is
     * found when it is whole.
     */
    private Rejection impossible(long declared) {
        long most = capacity();
        return head.contentLength() == WriteHead.CHUNKED
                ? new Rejection.TooLarge(Limit.MAX_PACKED, most, DeclaredSize.fewestPacked(declared))
                : new Rejection.Plain(Reason.MALFORMED, DeclaredSize.impossible(most, declared));
    }

    private static Rejection notSnappy() {
        return new Rejection.Plain(
                Reason.MALFORMED,
                "the body is not a snappy block, as remote write 1.0 needs: its first bytes tell no size");
    }

    /** The refusal of a body that ended before its preface did. */
    Rejection endedEarly() {
        return length == 0
                ? new Rejection.Plain(Reason.MALFORMED, "the body is empty, remote write 1.0 needs a snappy block")
                : notSnappy();
    }

    /** The most packed bytes that may come. */
    long capacity() {
        long most = head.contentLength();
        return most == WriteHead.CHUNKED ? allowance.limits().enforced(Limit.MAX_PACKED) : Math.max(most, LENGTH);
    }

    /** How many bytes of the body it has. */
    int length() {
        return length;
    }

    void copyTo(ByteBuf body) {
        body.writeBytes(bytes, 0, length);
    }
}
