package io.ringgate.hashring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The hash that places a series on its ring: XXH64 of the tenant, 0xFF, and of each label, in the order they arrived, its
 * name, 0xFF, its value, 0xFF. Nothing is sorted or left out.
 *
 * <p>Idea: one pass lays the many short pieces side by side in a buffer that stays in the first-level cache, then one call
 * hashes them. The labels that a series shares with the series before it are in the buffer already, see {@link
 * SharedPrefix}. Only a series that outgrows the buffer is hashed in parts.
 *
 * <pre>
 * in the message, for each label (a usual one: both tags as here, both lengths below 128)
 *
 *     0a  LL  0a  NN  n n n n n  12  VV  v v v
 *     tag     tag  |  name       tag  |  value
 *         length   length             length
 *      \___ FRAME: 6 bytes that are not hashed, 4 here and 2 before the value
 *
 * in the buffer: a copy starts at the length NN or VV, and the separator takes the place of that byte
 *
 *     tenant  ff n n n n n  ff v v v  ff n n n  ff v v  ...  ff
 *     |       |                       |                      |
 *     0       SharedPrefix.start      SharedPrefix.end       at
 *
 * in the hash: stripes of 32 bytes, the four words of a stripe go into four lanes
 *
 *     |a       b       c       d       |a       b       c       d       |rest
 *     \__ whole stripes of the shared prefix are kept hashed in a XxHash64State __/
 * </pre>
 *
 * <pre>{@code
 * hash.tenant(name);                             // for each write
 * hash.begin();                                  // for each series
 * int end = hash.labels(message, from, to);      // and label() for what is unusual
 * long result = hash.digest();
 * hash.release();                                // after each write
 * }</pre>
 *
 * <p>Source: the XXH64 specification, and the order of pieces in Thanos's hashring (tenant first, then labels as they came).
 * Nothing is allocated but the bytes of a tenant's name when the tenant changes. Each thread or event loop has its own.
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

    /** The first step of a copy takes a separator and this many bytes. */
    private static final int STEP = 15;

    /** Copies go by words, and over the end of a label by less than this. */
    private static final int OVER = 48;

    private static final int SIZE = 4096;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The tenant, then each piece behind a separator. */
    private final byte[] buffer = new byte[SIZE + OVER];

    private final SharedPrefix shared = new SharedPrefix();

    /** The hash of a series that outgrew the buffer. */
    private final XxHash64State state = new XxHash64State();

    private String name = "";
    private byte[] tenant = {};

    /** Whether the tenant is at the start of the buffer. */
    private boolean intact;

    /** Whether the current series has no label yet. */
    private boolean fresh;

    /** Where the current series ends in the buffer. */
    private int at;

    /** Bytes of the current series that are in the state already and no longer in the buffer. */
    private long hashed;

    /** Where in the message the labels end that were copied last. */
    private int stopped;

    /**
     * The tenant of the series that follow. The caller keeps their bytes unchanged until this or {@link #release} is
     * called.
     */
    public void tenant(String name) {
        if (!name.equals(this.name)) {
            this.name = name;
            tenant = name.getBytes(StandardCharsets.UTF_8);
        }
        release();
    }

    /** Ends a write: drops the reference to its bytes. */
    public void release() {
        intact = false;
        shared.restart(0);
    }

    /** Begins a series. */
    public void begin() {
        fresh = true;
        if (intact) {
            at = shared.start();
            return;
        }
        intact = true;
        at = 0;
        hashed = 0;
        put(tenant, 0, tenant.length);
        shared.restart(at);
    }

    /**
     * Adds consecutive labels of a well-formed message, as long as they are usual: name, then value, lengths below 128.
     * Returns where something else begins, or {@code to}.
     */
    public int labels(byte[] bytes, int from, int to) {
        int here = from;
        boolean first = fresh && from < to;
        if (first) {
            here += shared.match(bytes, from, to);
            at = shared.end();
        }
        if (to - here <= SIZE - at && to <= bytes.length - OVER) {
            at = layOut(buffer, at, bytes, here, to);
        } else {
            layOutSlowly(bytes, here, to);
        }
        if (first) {
            fresh = false;
            shared.remember(bytes, from, stopped);
        }
        return stopped;
    }

    /**
     * Copies labels into the buffer, which has room for all of them, and returns where they end there. A copy starts at
     * the length before the piece, and the separator takes the place of that byte.
     *
     * <p>The method is this long so that the JIT compiles it alone (it inlines nothing above 325 bytes of bytecode): inlined
     * into a caller it runs out of registers, which costs a quarter of the time of the whole hash.
     */
    private int layOut(byte[] buffer, int start, byte[] bytes, int from, int last) {
        int to = start;
        int at = from;
        while (at < last) {
            int head = (int) (long) WORD.get(bytes, at);
            if ((head & USUAL_MASK) != USUAL) {
                break;
            }
            int name = head >>> 24;
            WORD.set(buffer, to, (long) WORD.get(bytes, at + 3) | 0xff);
            WORD.set(buffer, to + 8, (long) WORD.get(bytes, at + 11));
            if (name > STEP) {
                WORD.set(buffer, to + 16, (long) WORD.get(bytes, at + 19));
                WORD.set(buffer, to + 24, (long) WORD.get(bytes, at + 27));
                if (name > 31) {
                    WORD.set(buffer, to + 32, (long) WORD.get(bytes, at + 35));
                    WORD.set(buffer, to + 40, (long) WORD.get(bytes, at + 43));
                    if (name > 47) {
                        System.arraycopy(bytes, at + 51, buffer, to + 48, name - 47);
                    }
                }
            }
            int length = (head >>> 8) & 0xff;
            int value = length + 2 - FRAME - name;
            int valueTo = to + 1 + name;
            int valueAt = at + 5 + name;
            WORD.set(buffer, valueTo, (long) WORD.get(bytes, valueAt) | 0xff);
            WORD.set(buffer, valueTo + 8, (long) WORD.get(bytes, valueAt + 8));
            if ((value & ~STEP) != 0) {
                if (value < 0) {
                    break; // a name alone
                }
                WORD.set(buffer, valueTo + 16, (long) WORD.get(bytes, valueAt + 16));
                WORD.set(buffer, valueTo + 24, (long) WORD.get(bytes, valueAt + 24));
                if (value > 31) {
                    WORD.set(buffer, valueTo + 32, (long) WORD.get(bytes, valueAt + 32));
                    WORD.set(buffer, valueTo + 40, (long) WORD.get(bytes, valueAt + 40));
                    if (value > 47) {
                        System.arraycopy(bytes, valueAt + 48, buffer, valueTo + 48, value - 47);
                    }
                }
            }
            at += length + 2;
            to += length - 2;
        }
        stopped = at;
        return to;
    }

    /** The same, piece by piece: where a copy must not write past its end, or where the buffer may become full. */
    private void layOutSlowly(byte[] bytes, int from, int to) {
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
        dropShared();
        piece(bytes, nameAt, nameLength);
        piece(bytes, valueAt, valueLength);
    }

    public void label(String name, String value) {
        dropShared();
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        piece(text, 0, text.length);
        text = value.getBytes(StandardCharsets.UTF_8);
        piece(text, 0, text.length);
    }

    /** Before an unusual first label: nothing of the series before stays in the buffer. */
    private void dropShared() {
        if (fresh) {
            fresh = false;
            shared.restart(at);
        }
    }

    /** The hash of the series. */
    public long digest() {
        separate();
        return hashed == 0 ? shared.digest(buffer, at) : state.digest(buffer, 0, at, hashed + at);
    }

    private void separate() {
        makeRoom();
        buffer[at++] = SEPARATOR;
    }

    private void piece(byte[] bytes, int from, int length) {
        separate();
        put(bytes, from, length);
    }

    private void put(byte[] bytes, int from, int length) {
        for (int done = 0; done < length; ) {
            makeRoom();
            int part = Math.min(length - done, SIZE - at);
            System.arraycopy(bytes, from + done, buffer, at, part);
            at += part;
            done += part;
        }
    }

    /** Hashes the buffer when it is full. */
    private void makeRoom() {
        if (at == SIZE) {
            if (hashed == 0) {
                state.reset();
            }
            state.update(buffer, 0, SIZE);
            hashed += SIZE;
            intact = false;
            at = 0;
        }
    }
}
