package io.ringgate.http;

/**
 * Where the ends of requests are told, for the operator's access log. Called on event loops, so it never waits; what it has
 * no room for it drops.
 */
public interface AccessLogSink {

    /** What is wanted at this moment. Asked for every request. */
    Rule rule();

    void take(AccessRecord served);

    /**
     * Which requests are told.
     *
     * @param failures whether all that were not stored are
     * @param sample every how many-th stored write is; 0 for none
     * @param slowNanos a stored write that took this long is told in any case
     */
    record Rule(boolean failures, int sample, long slowNanos) {

        public static final Rule NOTHING = new Rule(false, 0, Long.MAX_VALUE);
    }

    /** Wants nothing. */
    static AccessLogSink none() {
        return new AccessLogSink() {
            @Override
            public Rule rule() {
                return Rule.NOTHING;
            }

            @Override
            public void take(AccessRecord served) {}
        };
    }
}
