package io.ringgate.http;

/**
 * The access log, as requests see it. Called on event loops, so it never waits: an entry for which there is no room is
 * dropped.
 */
public interface AccessLogSink {

    /** Which requests are logged now. Read for every request. */
    Rule rule();

    /** Adds the entry of a request that has ended, or drops it. */
    void append(AccessRecord entry);

    /**
     * Which requests are logged.
     *
     * @param failures whether all that were not stored are
     * @param sample one in so many stored writes; 0 for none
     * @param slowNanos a stored write that took this long is logged in any case
     */
    record Rule(boolean failures, int sample, long slowNanos) {

        public static final Rule NOTHING = new Rule(false, 0, Long.MAX_VALUE);
    }

    /** Logs nothing. */
    static AccessLogSink none() {
        return new AccessLogSink() {
            @Override
            public Rule rule() {
                return Rule.NOTHING;
            }

            @Override
            public void append(AccessRecord entry) {}
        };
    }
}
