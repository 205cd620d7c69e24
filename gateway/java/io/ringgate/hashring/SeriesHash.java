package io.ringgate.hashring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The hash by which a series finds its receivers: XXH64 of the tenant, 0xFF, and of each label in the order it arrived
 * its name, 0xFF, its value, 0xFF. Nothing is sorted or left out.
 *
 * <p>Idea: the many short pieces are laid side by side in a buffer that stays in the first-level cache, and hashed in one
 * go. What a series has in common with the one before it is there already, see {@link Front}. Only a series that outgrows
 * the buffer is hashed in parts.
 *
 * <pre>{@code
 * hash.tenant(name);                             // for each write
 * hash.begin();                                  // for each series
 * int end = hash.labels(message, from, to);      // and label() for what is unusual
 * long result = hash.digest();
 * hash.letGo();                                  // after each write
 * }</pre>
 *
 * <p>Nothing is allocated but the bytes of a tenant's name when it is another. One thread, or one event loop, has its own.
 */
public final class SeriesHash {

    private static final byte SEPARATOR = (byte) 0xff;

    private static final int LABEL = 0x0a;
    private static final int NAME = 0x0a;

    /** Both tags, and the lengths behind them below 128. */
    private static final int USUAL = NAME << 16 | LABEL;

    private static final int USUAL_MASK = 0x80ff80ff;

    /** Tags and lengths of a usual label. */
    static final int FRAME = 6;

    /** The first step of a copy takes a separator and so many bytes. */
    private static final int STEP = 15;

    /** Copies go by words, and over the end of a label by less than this. */
    private static final int OVER = 48;

    private static final int SIZE = 4096;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The tenant, and then each piece behind a separator. */
    private final byte[] side = new byte[SIZE + OVER];

    private final Front front = new Front();

    /** Of a series that outgrew the side. */
    private final Lanes lanes = new Lanes();

    private String name = "";
    private byte[] tenant = {};

    /** Whether the tenant lies at the side. */
    private boolean intact;

    /** Whether the present series has no label yet. */
    private boolean fresh;

    /** How far it has come at the side. */
    private int at;

    /** Bytes of it that are in the lanes already, and no longer at the side. */
    private long hashed;

    /** Where in the message the labels end that were laid last. */
    private int stopped;

    /** The tenant of the series that follow. Their bytes stay as they are until this or {@link #letGo} is called. */
    public void tenant(String name) {
        if (!name.equals(this.name)) {
            this.name = name;
            tenant = name.getBytes(StandardCharsets.UTF_8);
        }
        letGo();
    }

    /** Ends a write: its bytes are no longer referred to. */
    public void letGo() {
        intact = false;
        front.forget(0);
    }

    /** Begins a series. */
    public void begin() {
        fresh = true;
        if (intact) {
            at = front.start();
            return;
        }
        intact = true;
        at = 0;
        hashed = 0;
        put(tenant, 0, tenant.length);
        front.forget(at);
    }

    /**
     * Adds labels that stand one behind the other in a well-formed message, while they are usual: name and value in this
     * order, lengths below 128. Returns where something else begins, or {@code to}.
     */
    public int labels(byte[] bytes, int from, int to) {
        int here = from;
        boolean first = fresh && from < to;
        if (first) {
            here += front.meet(bytes, from, to);
            at = front.end();
        }
        if (to - here <= SIZE - at && to <= bytes.length - OVER) {
            at = lay(side, at, bytes, here, to);
        } else {
            carefully(bytes, here, to);
        }
        if (first) {
            fresh = false;
            front.before(bytes, from, stopped);
        }
        return stopped;
    }

    /**
     * Lays labels at the side, where there is room for all of them, and returns how far they came. A piece is copied from
     * the length in front of it on, and the separator takes the place of that byte.
     *
     * <p>It is this long so that the JIT compiles it alone (it inlines nothing above 325 bytes of bytecode): inside a
     * caller it runs out of registers, which is a quarter of the time of the whole hash.
     */
    private int lay(byte[] side, int start, byte[] bytes, int from, int last) {
        int to = start;
        int at = from;
        while (at < last) {
            int head = (int) (long) WORD.get(bytes, at);
            if ((head & USUAL_MASK) != USUAL) {
                break;
            }
            int name = head >>> 24;
            WORD.set(side, to, (long) WORD.get(bytes, at + 3) | 0xff);
            WORD.set(side, to + 8, (long) WORD.get(bytes, at + 11));
            if (name > STEP) {
                WORD.set(side, to + 16, (long) WORD.get(bytes, at + 19));
                WORD.set(side, to + 24, (long) WORD.get(bytes, at + 27));
                if (name > 31) {
                    WORD.set(side, to + 32, (long) WORD.get(bytes, at + 35));
                    WORD.set(side, to + 40, (long) WORD.get(bytes, at + 43));
                    if (name > 47) {
                        System.arraycopy(bytes, at + 51, side, to + 48, name - 47);
                    }
                }
            }
            int length = (head >>> 8) & 0xff;
            int value = length + 2 - FRAME - name;
            int valueTo = to + 1 + name;
            int valueAt = at + 5 + name;
            WORD.set(side, valueTo, (long) WORD.get(bytes, valueAt) | 0xff);
            WORD.set(side, valueTo + 8, (long) WORD.get(bytes, valueAt + 8));
            if ((value & ~STEP) != 0) {
                if (value < 0) {
                    break; // a name alone
                }
                WORD.set(side, valueTo + 16, (long) WORD.get(bytes, valueAt + 16));
                WORD.set(side, valueTo + 24, (long) WORD.get(bytes, valueAt + 24));
                if (value > 31) {
                    WORD.set(side, valueTo + 32, (long) WORD.get(bytes, valueAt + 32));
                    WORD.set(side, valueTo + 40, (long) WORD.get(bytes, valueAt + 40));
                    if (value > 47) {
                        System.arraycopy(bytes, valueAt + 48, side, valueTo + 48, value - 47);
                    }
                }
            }
            at += length + 2;
            to += length - 2;
        }
        stopped = at;
        return to;
    }

    /** The same where a copy must not run over its end, or the side may become full. */
    private void carefully(byte[] bytes, int from, int to) {
        int here = from;
        while (here < to - 3) {
            int name = bytes[here + 3];
            int length = bytes[here + 1];
            int value = length + 2 - FRAME - name;
            if (bytes[here] != LABEL || bytes[here + 2] != NAME || (name | length | value) < 0) {
                break;
            }
            piece(bytes, here + 4, name);
            piece(bytes, here + FRAME + name, value);
            here += length + 2;
        }
        stopped = here;
    }

    /** Adds a label of any form. */
    public void label(byte[] bytes, int nameAt, int nameLength, int valueAt, int valueLength) {
        overwrite();
        piece(bytes, nameAt, nameLength);
        piece(bytes, valueAt, valueLength);
    }

    public void label(String name, String value) {
        overwrite();
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        piece(text, 0, text.length);
        text = value.getBytes(StandardCharsets.UTF_8);
        piece(text, 0, text.length);
    }

    /** When the first label is unusual, nothing of the series before stays at the side. */
    private void overwrite() {
        if (fresh) {
            fresh = false;
            front.forget(at);
        }
    }

    /** The hash of the series. */
    public long digest() {
        separate();
        return hashed == 0 ? front.digest(side, at) : lanes.digest(side, 0, at, hashed + at);
    }

    private void separate() {
        makeRoom();
        side[at++] = SEPARATOR;
    }

    private void piece(byte[] bytes, int from, int length) {
        separate();
        put(bytes, from, length);
    }

    private void put(byte[] bytes, int from, int length) {
        for (int done = 0; done < length; ) {
            makeRoom();
            int part = Math.min(length - done, SIZE - at);
            System.arraycopy(bytes, from + done, side, at, part);
            at += part;
            done += part;
        }
    }

    /** Hashes what is at the side when that is full. */
    private void makeRoom() {
        if (at == SIZE) {
            if (hashed == 0) {
                lanes.reset();
            }
            lanes.take(side, 0, SIZE);
            hashed += SIZE;
            intact = false;
            at = 0;
        }
    }
}
