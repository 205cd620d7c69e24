package io.ringgate.wire;

import io.ringgate.edge.LabelNames;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Rejection;
import java.util.function.LongConsumer;

/**
 * Takes a packed write, checks, counts and stamps it, and gives it back packed.
 *
 * <p>Not thread safe: it owns the arrays it works in and keeps them from write to write, but for those that only a
 * large write needs. Of such a write only the result is kept once it is encoded: a caller that copies it holds the
 * result and the copy, nothing else.
 */
public final class WriteCodec {

    /** The largest message, unpacked. Above this a stamped one might not fit into one array. */
    public static final int LARGEST = 512 << 20;

    /** Larger arrays are for one write only; a message on an event loop has 2 MiB at most, and stamps. */
    public static final int KEPT = 8 << 20;

    /** A message above this has its series counted before it is stamped. */
    private static final int COUNTED = 2 << 20;

    private final MessageWalk walk;
    private final StampedOutput out = new StampedOutput();
    private final ScratchArray unpacked = new ScratchArray();
    private final ScratchArray packedAgain = new ScratchArray();

    public WriteCodec(LabelNames names) {
        walk = new MessageWalk(names);
    }

    /**
     * Encodes one write and applies the limits to each of its series. The input is only read; a result that {@code
     * unchanged} shares it.
     */
    public EncodedWrite code(byte[] packed, int from, int length, StampPlan plan, SeriesLimits limits) {
        return code(packed, from, length, plan, limits, bytes -> {});
    }

    /**
     * The same.
     *
     * @param need told how much memory a large write takes from here on beside its input, once its series are counted: less
     *     than {@link WorstCaseMemory} says before
     */
    public EncodedWrite code(
            byte[] packed, int from, int length, StampPlan plan, SeriesLimits limits, LongConsumer need) {
        try {
            packedAgain.trim(KEPT);
            int declared = declaredSize(packed, from, length);
            byte[] message = unpacked.room(declared);
            SnappyBlock.unpack(packed, from, length, message, declared);
            begin(message, declared, plan, limits.maxSeries(), need);
            walk.walk(message, declared, plan, limits, out);
        } catch (WriteRefusedException fault) {
            return new EncodedWrite.Faulty(fault.rejection());
        }
        if (!out.changed()) {
            dropMessage();
            return new EncodedWrite.Ready(walk.tally(), packed, from, length, true);
        }
        out.dropSource();
        unpacked.trim(KEPT);
        byte[] target = packedAgain.room((int) WorstCaseMemory.packedCap(out.length()));
        int size = SnappyBlock.pack(out.bytes(), out.length(), target);
        dropMessage();
        return new EncodedWrite.Ready(walk.tally(), target, 0, size, false);
    }

    /** The series of a large message are counted first: so its array never has to grow, which takes both at a time. */
    private void begin(byte[] message, int length, StampPlan plan, int maxSeries, LongConsumer need) {
        if (length <= COUNTED) {
            out.begin(message, length, WorstCaseMemory.stampedCap(length, plan, maxSeries));
            return;
        }
        int series = Math.min(maxSeries, SeriesCount.of(message, length));
        int most = WorstCaseMemory.stampedCap(length, plan, series);
        need.accept(WorstCaseMemory.whenCoded(most));
        out.beginWhole(message, most);
    }

    private void dropMessage() {
        unpacked.trim(KEPT);
        out.end(KEPT);
    }

    /** Gives up what a large write left: its result, and all of it when it failed. */
    public void trim() {
        dropMessage();
        packedAgain.trim(KEPT);
    }

    /** What it keeps for the next write, in bytes. */
    public long kept() {
        return (long) unpacked.held() + out.held() + packedAgain.held();
    }

    private int declaredSize(byte[] packed, int from, int length) throws WriteRefusedException {
        if (length == 0) {
            throw SnappyBlock.notABlock("empty body, an empty message is the single byte 0");
        }
        long declared = DeclaredSize.read(packed, from, length);
        if (declared < 0) {
            throw SnappyBlock.notABlock("no valid uncompressed length at its start");
        }
        if (declared > LARGEST) {
            throw new WriteRefusedException(new Rejection.TooLarge(Limit.MAX_UNPACKED, LARGEST, declared));
        }
        if (!DeclaredSize.isPossible(length, declared)) {
            throw WriteRefusedException.malformed(DeclaredSize.impossible(length, declared));
        }
        return (int) declared;
    }
}
