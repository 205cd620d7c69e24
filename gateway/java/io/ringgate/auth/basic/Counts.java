package io.ringgate.auth.basic;

import io.ringgate.metrics.Metrics;

/** What basic authentication counts. */
record Counts(Metrics.Counter hits, Metrics.Counter proven, Metrics.Counter wrong, Metrics.Counter failed) {

    static Counts in(Metrics metrics) {
        String hashes = "ringgate_auth_hashes_total";
        return new Counts(
                metrics.counter("ringgate_auth_cache_hits_total"),
                metrics.counter(hashes, "outcome", "proven"),
                metrics.counter(hashes, "outcome", "wrong"),
                metrics.counter(hashes, "outcome", "failed"));
    }

    void hashed(Outcome outcome) {
        switch (outcome) {
            case PROVEN -> proven.increment();
            case WRONG -> wrong.increment();
            case FAILED -> failed.increment();
            case NOT_RUN -> {} // Counted where it was refused.
        }
    }
}
