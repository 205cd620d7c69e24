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
