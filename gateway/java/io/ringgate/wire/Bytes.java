package io.ringgate.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of an array at a time. The arrays these run over carry {@link #SLACK} bytes behind their content, so that
 * a read or write which begins inside may end outside; what lies there is never part of a result.
 */
final class Bytes {

    /** Room behind the content of every scratch array: more than one short label can be misread to span. */
    static final int SLACK = 288;

    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Above this the JDK's copy stub is faster than a loop of eight bytes a turn. */
    private static final int SHORT = 64;

    private static final VarHandle QUAD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle PAIR = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    /** Two bytes, the second in the upper half, with its sign. */
    static int pair(byte[] bytes, int at) {
        return (short) PAIR.get(bytes, at);
    }

    /** Four bytes, the first lowest. */
    static int quad(byte[] bytes, int at) {
        return (int) QUAD.get(bytes, at);
    }

    static long big(byte[] bytes, int at) {
        return (long) BIG.get(bytes, at);
    }

    static long little(byte[] bytes, int at) {
        return (long) LITTLE.get(bytes, at);
    }

    /** Copies {@code length} bytes; up to seven bytes behind the target's end may change. */
    static void copy(byte[] source, int from, byte[] target, int to, int length) {
        if (length > SHORT) {
            System.arraycopy(source, from, target, to, length);
            return;
        }
        for (int i = 0; i < length; i += 8) {
            LITTLE.set(target, to + i, (long) LITTLE.get(source, from + i));
        }
    }

    static boolean same(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            if (little(a, aFrom + i) != little(b, bFrom + i)) {
                return false;
            }
        }
        int rest = length - i;
        return rest == 0 || (little(a, aFrom + i) ^ little(b, bFrom + i)) << (64 - 8 * rest) == 0;
    }
}
