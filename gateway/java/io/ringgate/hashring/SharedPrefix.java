package io.ringgate.hashring;

import java.util.Arrays;

/**
 * The leading labels that a series shares with the series before it: they are in the buffer already, and the stripes they
 * fill are hashed already. Labels are sorted by name, so the series of one metric are equal up to some label.
 *
 * <p>Equal bytes that begin where a label begins are equal labels. The picture is in {@link SeriesHash}.
 */
final class SharedPrefix {

    /** No label, but as long as the start of one. */
    private static final byte[] NONE = new byte[2];

    /** The hash of the whole stripes of the prefix. */
    private final XxHash64State state = new XxHash64State();

    /** The labels of the series before, as they are in its message; {@link #NONE} when it is not known. */
    private byte[] bytes = NONE;

    private int from;
    private int to;

    /** Where labels begin in the buffer. */
    private int start;

    /** The length of the shared labels in the message, and where they end in the buffer. */
    private int length;

    private int end;

    /** How much of the buffer is in the state. */
    private int hashed;

    SharedPrefix() {
        restart(0);
    }

    /** The next series shares nothing with the one before, and its labels begin at {@code start}. */
    void restart(int start) {
        this.start = start;
        remember(NONE, 0, 0);
        clear();
    }

    private void clear() {
        length = 0;
        end = start;
        hashed = 0;
        state.reset();
    }

    /** The next series is compared with these labels, which are in the buffer. */
    void remember(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /**
     * Finds the labels that a series shares with the one before and returns their length. When there are none, mostly the
     * length of the first label tells.
     */
    int match(byte[] bytes, int from, int to) {
        if (this.bytes[this.from + 1] != bytes[from + 1]) {
            if (length > 0) {
                clear();
            }
            return 0;
        }
        int same = same(bytes, from, to);
        if (same < length) {
            clear();
        }
        while (length < same) {
            int label = 2 + this.bytes[this.from + length + 1];
            if (label > same - length) {
                break;
            }
            length += label;
            end += label - SeriesHash.FRAME + 2;
        }
        return length;
    }

    private int same(byte[] bytes, int from, int to) {
        int same = Arrays.mismatch(this.bytes, this.from, this.to, bytes, from, to);
        return same < 0 ? Math.min(this.to - this.from, to - from) : same;
    }

    /** Where labels begin in the buffer. */
    int start() {
        return start;
    }

    /** Where the shared labels end in the buffer. */
    int end() {
        return end;
    }

    /** The hash of the buffer up to {@code to}; it begins with this prefix. */
    long digest(byte[] buffer, int to) {
        int whole = end & -XxHash64.STRIPE;
        if (whole == 0) {
            return XxHash64.hash(buffer, 0, to);
        }
        if (hashed < whole) {
            state.update(buffer, hashed, whole);
            hashed = whole;
        }
        return state.digest(buffer, whole, to, to);
    }
}
