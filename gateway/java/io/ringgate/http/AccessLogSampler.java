package io.ringgate.http;

/**
 * Chooses which requests of one event loop the journal is told about. One that it is not told about costs a few
 * comparisons and makes no object. Used on its loop only.
 */
final class AccessLogSampler {

    private final AccessLogSink journal;
    private int passed;

    AccessLogSampler(AccessLogSink journal) {
        this.journal = journal;
    }

    boolean wantsFailure() {
        return journal.rule().failures();
    }

    /** Asked once for each stored write: it counts them. */
    boolean wantsStored(long nanos) {
        AccessLogSink.Rule rule = journal.rule();
        boolean turn = rule.sample() > 0 && ++passed >= rule.sample();
        if (turn) {
            passed = 0;
        }
        return turn || nanos >= rule.slowNanos();
    }

    void tell(AccessRecord served) {
        journal.take(served);
    }
}
