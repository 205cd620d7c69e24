package io.ringgate.wire;

import io.ringgate.reject.Rejection;

/**
 * The stamped message while it is written. Nothing is copied until something changes; from then on every stretch that
 * stays as it came is copied in one piece, when the next change ends it.
 */
final class StampedOutput {

    private final ScratchArray scratch = new ScratchArray();
    private static final byte[] NOTHING = {};

    private byte[] source = NOTHING;
    private byte[] bytes = NOTHING;
    private int at;
    private int cap;

    /** How much fits before the array has to grow. */
    private int room;

    /** Up to here the source has been copied, left out or replaced. */
    private int done;

    private boolean changed;

    /** Ends the message, and gives up an array that is larger than this. */
    void end(int most) {
        source = NOTHING;
        bytes = NOTHING;
        scratch.trim(most);
    }

    int held() {
        return scratch.held();
    }

    /**
     * Begins a message.
     *
     * @param length of the source
     * @param mostBytes that may be written
     */
    void begin(byte[] message, int length, int mostBytes) {
        source = message;
        cap = mostBytes;
        room = (int) Math.min(mostBytes, Math.max(scratch.held(), length + length / 4 + 4096L));
        at = 0;
        done = 0;
        changed = false;
    }

    /** The same with an array that never has to grow. */
    void beginWhole(byte[] message, int mostBytes) {
        begin(message, mostBytes, mostBytes);
    }

    boolean changed() {
        return changed;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return at;
    }

    /** Opens a series in place of the one whose tag is at {@code from}: its body of so many bytes must follow. */
    void series(int from, int bodyLength) throws WriteRefusedException {
        keep(from);
        fits((long) bodyLength + 1 + FieldReader.sizeOf(bodyLength));
        head(Protobuf.SERIES, bodyLength);
    }

    /** Writes a tag and the length behind it. */
    private void head(int tag, int length) {
        byte[] target = bytes;
        int to = at;
        target[to++] = (byte) tag;
        int rest = length;
        for (; rest > 0x7f; rest >>>= 7) {
            target[to++] = (byte) (rest | 0x80);
        }
        target[to++] = (byte) rest;
        at = to;
    }

    /** All is copied: the source is not needed any more. */
    void dropSource() {
        source = NOTHING;
    }

    /** Copies the source up to a place. */
    void keep(int to) throws WriteRefusedException {
        if (!changed) {
            changed = true;
            bytes = scratch.room(room);
        }
        fits(to - done);
        put(source, done, to - done);
        done = to;
    }

    /** Leaves the source out up to a place. */
    void skipTo(int place) {
        done = place;
    }

    /** Appends bytes. Room was made by {@link #series}. */
    void put(byte[] from, int start, int length) {
        System.arraycopy(from, start, bytes, at, length);
        at += length;
    }

    /** Appends a label made of a name and a value. Room was made by {@link #series}. */
    void label(byte[] names, int nameAt, int nameLength, byte[] values, int valueAt, int valueLength) {
        head(Protobuf.LABEL, fieldSize(nameLength) + fieldSize(valueLength));
        head(Protobuf.NAME, nameLength);
        put(names, nameAt, nameLength);
        head(Protobuf.VALUE, valueLength);
        put(values, valueAt, valueLength);
    }

    /** The bytes of a label whose name and value have these lengths. */
    static int labelSize(int nameLength, int valueLength) {
        return fieldSize(fieldSize(nameLength) + fieldSize(valueLength));
    }

    private static int fieldSize(int length) {
        return 1 + FieldReader.sizeOf(length) + length;
    }

    private void fits(long more) throws WriteRefusedException {
        if (at + more > room) {
            grow(at + more);
        }
    }

    /** Old and new array together are no larger than what is reserved for this message and its packed copy. */
    private void grow(long need) throws WriteRefusedException {
        if (need > cap) {
            throw new WriteRefusedException(
                    new Rejection.TooLarge("stamped body", "the gateway's bound for one message", cap, need));
        }
        room = (int) Math.min(cap, Math.max(need, 2L * room));
        bytes = scratch.grow(room, at);
    }
}
