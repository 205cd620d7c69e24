package io.ringgate.hashring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The hash by which a series finds its receivers: XXH64 of the tenant, 0xFF, and of each label in the order it arrived
 * its name, 0xFF, its value, 0xFF. Nothing is sorted or left out.
 *
 * <p>Idea: the many short pieces are laid side by side in a buffer that stays in the first-level cache, and hashed in one
 * go; only a series that outgrows the buffer is hashed in parts. The tenant stays at the buffer's front from one series
 * to the next. How far a series has come is a number that the caller carries from label to label, in a register instead
 * of a field: that is a seventh of the time.
 *
 * <pre>{@code
 * int at = hash.begin();
 * for each label: at = hash.label(at, bytes, nameAt, nameLength, valueAt, valueLength);
 * long result = hash.digest(at);
 * }</pre>
 *
 * <p>Nothing is allocated after {@link #tenant}. One thread, or one event loop, has its own.
 */
public final class SeriesHash {

    private static final byte SEPARATOR = (byte) 0xff;

    /** Copied by words, with whatever follows it, which the next piece writes over. */
    private static final int SHORT = 16;

    private static final int MIDDLE = 32;
    private static final int LONG = 48;

    /** More than a short name, a long value and their separators. */
    private static final int USUAL_LABEL = 72;

    private static final int SIZE = 4096;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final byte[] side = new byte[SIZE];

    /** With the separator behind it. */
    private byte[] tenant = {SEPARATOR};

    /** How much of a tenant is at the side when a series begins: all of him unless he is longer than that. */
    private int tenantAtSide;

    /** Bytes of the present series that are in the lanes already, and no longer at the side. */
    private long hashed;

    private long a;
    private long b;
    private long c;
    private long d;

    public SeriesHash() {
        tenant("");
    }

    /** The tenant of the series that follow. */
    public void tenant(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        tenant = Arrays.copyOf(text, text.length + 1);
        tenant[text.length] = SEPARATOR;
        tenantAtSide = tenant.length < SIZE ? tenant.length : 0;
        System.arraycopy(tenant, 0, side, 0, tenantAtSide);
    }

    /** Where the first label of a series goes. */
    public int begin() {
        if (hashed > 0) {
            hashed = 0;
            System.arraycopy(tenant, 0, side, 0, tenantAtSide);
        }
        return tenantAtSide > 0 ? tenantAtSide : add(0, tenant, 0, tenant.length - 1);
    }

    /** Adds a label, its name standing before its value, and says where the next one goes. */
    public int label(int at, byte[] bytes, int nameAt, int nameLength, int valueAt, int valueLength) {
        byte[] side = this.side;
        int room = (SHORT - nameLength)
                | (LONG - valueLength)
                | (SIZE - USUAL_LABEL - at)
                | (bytes.length - LONG - valueAt);
        if (room < 0) {
            return add(add(at, bytes, nameAt, nameLength), bytes, valueAt, valueLength);
        }
        WORD.set(side, at, (long) WORD.get(bytes, nameAt));
        WORD.set(side, at + 8, (long) WORD.get(bytes, nameAt + 8));
        side[at + nameLength] = SEPARATOR;
        int to = at + nameLength + 1;
        WORD.set(side, to, (long) WORD.get(bytes, valueAt));
        WORD.set(side, to + 8, (long) WORD.get(bytes, valueAt + 8));
        if (valueLength > SHORT) {
            WORD.set(side, to + 16, (long) WORD.get(bytes, valueAt + 16));
            WORD.set(side, to + 24, (long) WORD.get(bytes, valueAt + 24));
            if (valueLength > MIDDLE) {
                WORD.set(side, to + 32, (long) WORD.get(bytes, valueAt + 32));
                WORD.set(side, to + 40, (long) WORD.get(bytes, valueAt + 40));
            }
        }
        side[to + valueLength] = SEPARATOR;
        return to + valueLength + 1;
    }

    public int label(int at, String name, String value) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int next = add(at, text, 0, text.length);
        text = value.getBytes(StandardCharsets.UTF_8);
        return add(next, text, 0, text.length);
    }

    /** The hash of a series whose last label ended there. */
    public long digest(int at) {
        if (hashed == 0) {
            return XxHash64.hash(side, 0, at);
        }
        int rest = at % XxHash64.STRIPE;
        stripes(at - rest);
        return XxHash64.finish(XxHash64.fold(a, b, c, d) + hashed + at, side, at - rest, at);
    }

    /** Adds one name or value of any length. */
    private int add(int at, byte[] bytes, int from, int length) {
        int to = at;
        for (int done = 0; done < length; ) {
            to = makeRoom(to);
            int part = Math.min(length - done, SIZE - to);
            System.arraycopy(bytes, from + done, side, to, part);
            to += part;
            done += part;
        }
        to = makeRoom(to);
        side[to] = SEPARATOR;
        return to + 1;
    }

    /** Hashes what is at the side when that is full. */
    private int makeRoom(int at) {
        if (at < SIZE) {
            return at;
        }
        if (hashed == 0) {
            a = XxHash64.LANE_1;
            b = XxHash64.LANE_2;
            c = XxHash64.LANE_3;
            d = XxHash64.LANE_4;
        }
        stripes(SIZE);
        hashed += SIZE;
        return 0;
    }

    private void stripes(int to) {
        for (int at = 0; at < to; at += XxHash64.STRIPE) {
            a = XxHash64.lane(a, XxHash64.word(side, at));
            b = XxHash64.lane(b, XxHash64.word(side, at + 8));
            c = XxHash64.lane(c, XxHash64.word(side, at + 16));
            d = XxHash64.lane(d, XxHash64.word(side, at + 24));
        }
    }
}
