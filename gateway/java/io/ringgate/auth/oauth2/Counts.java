package io.ringgate.auth.oauth2;

import io.ringgate.metrics.Metrics;

/** What introspection counts. */
record Counts(
        Metrics.Counter hits,
        Metrics.Counter active,
        Metrics.Counter inactive,
        Metrics.Counter unfit,
        Metrics.Counter unusable,
        Metrics.Counter failed,
        Metrics.Counter full,
        Metrics.Counter limited,
        Metrics.Timer time) {

    static Counts in(Metrics metrics) {
        String asked = "ringgate_introspections_total";
        return new Counts(
                metrics.counter("ringgate_introspection_cache_hits_total"),
                metrics.counter(asked, "outcome", "active"),
                metrics.counter(asked, "outcome", "inactive"),
                metrics.counter(asked, "outcome", "unfit"),
                metrics.counter(asked, "outcome", "unusable"),
                metrics.counter(asked, "outcome", "failed"),
                metrics.counter(asked, "outcome", "full"),
                metrics.counter(asked, "outcome", "limited"),
                metrics.timer("ringgate_introspection_seconds"));
    }

    void count(Answer answer) {
        switch (answer) {
            case Answer.Active _ -> active.increment();
            case Answer.Inactive _ -> inactive.increment();
            case Answer.Unfit _ -> unfit.increment();
            case Answer.Unusable(String _, boolean came) -> (came ? unusable : failed).increment();
            case Answer.NotAsked(Seats.Found seat) -> (seat == Seats.Found.HELD_BACK ? limited : full).increment();
        }
    }
}
