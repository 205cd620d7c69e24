package io.ringgate.wire;

/** Counts the content of messages while {@link MessageSchema} checks them, until it is cleared. */
final class ContentCounter {

    private boolean something;
    private long decoded;
    private int buckets;
    private int bounds;
    private int spans;

    void clear() {
        decoded = 0;
        beginMessage();
    }

    /** From here on one message is counted; {@link #decoded} goes on. */
    void beginMessage() {
        something = false;
        buckets = 0;
        bounds = 0;
        spans = 0;
    }

    /** A message, or something in it, of which a decoder makes so many bytes. */
    void held(long bytes) {
        decoded += bytes;
    }

    /** A field with a single number. */
    void number(long value) {
        something |= value != 0;
    }

    /** A field with a text, of which a decoder may make a copy. */
    void text(int length, boolean copied) {
        something |= length > 0;
        decoded += copied ? length : 0;
    }

    void buckets(int count) {
        something |= count > 0;
        buckets += count;
        decoded += (long) count * DecodedSize.NUMBER;
    }

    void bounds(int count) {
        something |= count > 0;
        bounds += count;
        decoded += (long) count * DecodedSize.NUMBER;
    }

    void span() {
        spans++;
    }

    /** True when no field of the message holds anything but its default, as in one of no bytes. */
    boolean empty() {
        return !something;
    }

    /** What a decoder holds of all messages, in bytes. */
    long decoded() {
        return decoded;
    }

    /** Of the message: its buckets, by their values or by their own bounds, whichever are more. */
    int buckets() {
        return Math.max(buckets, bounds);
    }

    int spans() {
        return spans;
    }
}
