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
 * to the next. Nothing is allocated after {@link #tenant}. One thread, or one event loop, has its own.
 */
public final class SeriesHash {

    private static final byte SEPARATOR = (byte) 0xff;

    /** The longest pieces that are copied by words, with whatever follows them; the next piece writes over that. */
    private static final int SHORT = 16;

    private static final int MIDDLE = 32;
    private static final int SIZE = 4096;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final byte[] side = new byte[SIZE];

    /** With the separator behind it. */
    private byte[] tenant = {SEPARATOR};

    private int filled;

    /** Bytes that are in the lanes already, and no longer at the side. */
    private long hashed;

    private long a;
    private long b;
    private long c;
    private long d;

    public SeriesHash() {
        restart();
    }

    /** Begins a series of this tenant; those that follow are his too. */
    public void tenant(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        tenant = Arrays.copyOf(text, text.length + 1);
        tenant[text.length] = SEPARATOR;
        restart();
    }

    /** Adds the name of a label, or its value. */
    public void add(byte[] bytes, int from, int length) {
        int at = filled;
        int room = Math.min(SIZE - at, bytes.length - from);
        if (length <= SHORT && room > SHORT) {
            word(bytes, from, at);
            word(bytes, from + 8, at + 8);
        } else if (length <= MIDDLE && room > MIDDLE) {
            word(bytes, from, at);
            word(bytes, from + 8, at + 8);
            word(bytes, from + 16, at + 16);
            word(bytes, from + 24, at + 24);
        } else if (length < SIZE - at) {
            System.arraycopy(bytes, from, side, at, length);
        } else {
            addInParts(bytes, from, length);
            return;
        }
        side[at + length] = SEPARATOR;
        filled = at + length + 1;
    }

    public void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes, 0, bytes.length);
    }

    /** The hash of the series, which ends; the next one of the tenant begins. */
    public long digest() {
        if (hashed == 0) {
            int length = filled;
            filled = tenant.length;
            return XxHash64.hash(side, 0, length);
        }
        int rest = filled % XxHash64.STRIPE;
        long length = hashed + filled;
        stripes(filled - rest);
        long hash = XxHash64.finish(XxHash64.fold(a, b, c, d) + length, side, filled - rest, filled);
        restart();
        return hash;
    }

    private void word(byte[] bytes, int from, int at) {
        WORD.set(side, at, (long) WORD.get(bytes, from));
    }

    private void restart() {
        hashed = 0;
        filled = 0;
        if (tenant.length < SIZE) {
            System.arraycopy(tenant, 0, side, 0, tenant.length);
            filled = tenant.length;
        } else {
            addInParts(tenant, 0, tenant.length - 1);
        }
    }

    private void addInParts(byte[] bytes, int from, int length) {
        makeRoom();
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, SIZE - 1 - filled);
            System.arraycopy(bytes, from + done, side, filled, part);
            filled += part;
            done += part;
            makeRoom();
        }
        side[filled++] = SEPARATOR;
        makeRoom();
    }

    /** Hashes the whole stripes at the side when it is full. */
    private void makeRoom() {
        if (filled < SIZE - 1) {
            return;
        }
        if (hashed == 0) {
            a = XxHash64.LANE_1;
            b = XxHash64.LANE_2;
            c = XxHash64.LANE_3;
            d = XxHash64.LANE_4;
        }
        int rest = filled % XxHash64.STRIPE;
        stripes(filled - rest);
        System.arraycopy(side, filled - rest, side, 0, rest);
        hashed += filled - rest;
        filled = rest;
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
