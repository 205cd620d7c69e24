package io.ringgate.hashring;

/** An XXH64 in the middle of its input: its four lanes. */
final class XxHash64State {

    private long a;
    private long b;
    private long c;
    private long d;

    /** Back to the state before any input. */
    void reset() {
        a = XxHash64.LANE_1;
        b = XxHash64.LANE_2;
        c = XxHash64.LANE_3;
        d = XxHash64.LANE_4;
    }

    /** Adds whole stripes. */
    void update(byte[] bytes, int from, int to) {
        long a = this.a;
        long b = this.b;
        long c = this.c;
        long d = this.d;
        for (int at = from; at < to; at += XxHash64.STRIPE) {
            a = XxHash64.lane(a, XxHash64.word(bytes, at));
            b = XxHash64.lane(b, XxHash64.word(bytes, at + 8));
            c = XxHash64.lane(c, XxHash64.word(bytes, at + 16));
            d = XxHash64.lane(d, XxHash64.word(bytes, at + 24));
        }
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    /**
     * The hash when these bytes are the rest of the input. The state does not change.
     *
     * @param length of the whole input, at least a stripe
     */
    long digest(byte[] bytes, int from, int to, long length) {
        long a = this.a;
        long b = this.b;
        long c = this.c;
        long d = this.d;
        int at = from;
        for (; at <= to - XxHash64.STRIPE; at += XxHash64.STRIPE) {
            a = XxHash64.lane(a, XxHash64.word(bytes, at));
            b = XxHash64.lane(b, XxHash64.word(bytes, at + 8));
            c = XxHash64.lane(c, XxHash64.word(bytes, at + 16));
            d = XxHash64.lane(d, XxHash64.word(bytes, at + 24));
        }
        return XxHash64.finish(XxHash64.fold(a, b, c, d) + length, bytes, at, to);
    }
}
