package io.ringgate.hashring;

import java.util.Arrays;

/**
 * The labels in front that a series has in common with the one before it: they lie at the side already, and the stripes
 * that they fill are hashed. Labels are sorted by name, so the series of one metric are the same up to some place.
 *
 * <p>Equal bytes that begin where a label begins are equal labels.
 */
final class Front {

    /** Has no label, and is as long as the beginning of one. */
    private static final byte[] NONE = new byte[2];

    /** Of the stripes that lie wholly in front. */
    private final Lanes lanes = new Lanes();

    /** The labels of the series before, as its message has them; none when it is not known. */
    private byte[] bytes = NONE;

    private int from;
    private int to;

    /** Where labels begin at the side. */
    private int start;

    /** How long the labels in common are in the message, and where they end at the side. */
    private int length;

    private int end;

    /** How much of the side is in the lanes. */
    private int hashed;

    Front() {
        forget(0);
    }

    /** What follows has nothing in common with what was, and its labels begin there. */
    void forget(int start) {
        this.start = start;
        before(NONE, 0, 0);
        nothing();
    }

    private void nothing() {
        length = 0;
        end = start;
        hashed = 0;
        lanes.reset();
    }

    /** The series before had these labels, and they lie at the side. */
    void before(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /**
     * Finds out which labels a series has in common with the one before, and returns how long they are. Mostly the length
     * of the first label says when there are none.
     */
    int meet(byte[] bytes, int from, int to) {
        if (this.bytes[this.from + 1] != bytes[from + 1]) {
            if (length > 0) {
                nothing();
            }
            return 0;
        }
        int same = same(bytes, from, to);
        if (same < length) {
            nothing();
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

    /** Where labels begin at the side. */
    int start() {
        return start;
    }

    /** Where the labels in common end at the side. */
    int end() {
        return end;
    }

    /** The hash of what lies at the side up to there; it begins with this front. */
    long digest(byte[] side, int to) {
        int whole = end & -XxHash64.STRIPE;
        if (whole == 0) {
            return XxHash64.hash(side, 0, to);
        }
        if (hashed < whole) {
            lanes.take(side, hashed, whole);
            hashed = whole;
        }
        return lanes.digest(side, whole, to, to);
    }
}
