package io.ringgate.reject;

/** What to write into a sender's {@code queue_config} so that its writes get smaller: no sender splits a batch by itself. */
final class Batch {

    static final String SETTING = "max_samples_per_send";

    /** What senders use unless told otherwise. */
    private static final long USUAL = 2000;

    private Batch() {}

    /** A batch of so many samples fits; it has at most as many series. */
    static String of(long samples) {
        return "set " + SETTING + ": " + Math.max(1, samples) + " in the sender's queue_config";
    }

    /** A batch of so many metadata entries fits. */
    static String ofMetadata(long entries) {
        return "set " + SETTING + ": " + Math.max(1, entries) + " in the sender's metadata_config";
    }

    /** A batch in this proportion fits, with a tenth to spare: batches of one size differ in bytes. */
    static String smaller(long allowed, long seen) {
        long fits = Math.max(1, (long) (USUAL * 0.9 * allowed / seen));
        return "set " + SETTING + ": " + fits + " in the sender's queue_config if it is " + USUAL + " now";
    }
}
