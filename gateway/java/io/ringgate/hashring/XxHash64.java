package io.ringgate.hashring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0, after the published description of the algorithm (Yann Collet, xxHash fast digest algorithm): four
 * lanes each take eight bytes of every stripe of 32, are folded into one number, and what is left over is mixed in by
 * eights, fours and ones.
 */
public final class XxHash64 {

    static final int STRIPE = 32;

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    /** What the lanes hold before the first stripe: P1 + P2, P2, 0 and -P1. */
    static final long LANE_1 = 0x60EA27EEADC0B5D6L;

    static final long LANE_2 = P2;
    static final long LANE_3 = 0;
    static final long LANE_4 = 0x61C8864E7A143579L;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private XxHash64() {}

    public static long hash(byte[] bytes, int from, int length) {
        int to = from + length;
        int at = from;
        long folded = P5;
        if (length >= STRIPE) {
            long a = LANE_1;
            long b = LANE_2;
            long c = LANE_3;
            long d = LANE_4;
            for (; at <= to - STRIPE; at += STRIPE) {
                a = lane(a, word(bytes, at));
                b = lane(b, word(bytes, at + 8));
                c = lane(c, word(bytes, at + 16));
                d = lane(d, word(bytes, at + 24));
            }
            folded = fold(a, b, c, d);
        }
        return finish(folded + length, bytes, at, to);
    }

    static long word(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static long lane(long lane, long word) {
        return Long.rotateLeft(lane + word * P2, 31) * P1;
    }

    static long fold(long a, long b, long c, long d) {
        long folded = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        return merge(merge(merge(merge(folded, a), b), c), d);
    }

    private static long merge(long folded, long lane) {
        return (folded ^ lane(0, lane)) * P1 + P4;
    }

    /** Mixes in what no stripe took, fewer than 32 bytes, and scatters the bits. */
    static long finish(long hash, byte[] bytes, int from, int to) {
        long h = hash;
        int at = from;
        for (; at <= to - 8; at += 8) {
            h = Long.rotateLeft(h ^ lane(0, word(bytes, at)), 27) * P1 + P4;
        }
        if (at <= to - 4) {
            h = Long.rotateLeft(h ^ ((int) INT.get(bytes, at) & 0xffff_ffffL) * P1, 23) * P2 + P3;
            at += 4;
        }
        for (; at < to; at++) {
            h = Long.rotateLeft(h ^ (bytes[at] & 0xff) * P5, 11) * P1;
        }
        h = (h ^ (h >>> 33)) * P2;
        h = (h ^ (h >>> 29)) * P3;
        return h ^ (h >>> 32);
    }
}
