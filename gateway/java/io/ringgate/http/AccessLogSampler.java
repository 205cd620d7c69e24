package io.ringgate.http;

/**
 * Chooses which requests of one event loop go to the access log. One that does not costs a few comparisons and no object.
 * Used on its loop only.
 */
final class AccessLogSampler {

    private final AccessLogSink sink;
    private int sinceSampled;

    AccessLogSampler(AccessLogSink sink) {
        this.sink = sink;
    }

    boolean wantsFailure() {
        return sink.rule().failures();
    }

    /** Whether a stored write is logged. Call it once for each: it counts them. */
    boolean wantsStored(long nanos) {
        AccessLogSink.Rule rule = sink.rule();
        boolean sampled = rule.sample() > 0 && ++sinceSampled >= rule.sample();
        if (sampled) {
            sinceSampled = 0;
        }
        return sampled || nanos >= rule.slowNanos();
    }

    void append(AccessRecord entry) {
        sink.append(entry);
    }
}
