package io.ringgate.reject;

/** The setting of a sender's {@code queue_config} that makes its writes smaller. No sender splits a batch by itself. */
final class BatchAdvice {

    static final String SETTING = "max_samples_per_send";

    /** The default of senders. */
    private static final long DEFAULT = 2000;

    private BatchAdvice() {}

    /** For a limit on samples or series: a batch has at most as many series as samples. */
    static String of(long samples) {
        return "set " + SETTING + ": " + Math.max(1, samples) + " in the sender's queue_config";
    }

    /** For a limit on metadata entries. */
    static String ofMetadata(long entries) {
        return "set " + SETTING + ": " + Math.max(1, entries) + " in the sender's metadata_config";
    }

    /** For a limit in bytes: smaller in proportion and by another tenth, since batches of one size differ in bytes. */
    static String smaller(long allowed, long seen) {
        long fits = Math.max(1, (long) (DEFAULT * 0.9 * allowed / seen));
        return "set " + SETTING + ": " + fits + " in the sender's queue_config if it is " + DEFAULT + " now";
    }
}
