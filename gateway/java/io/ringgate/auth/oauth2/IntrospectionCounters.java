package io.ringgate.auth.oauth2;

import io.ringgate.metrics.Metrics;

/** Counts what the provider answers, and how long it takes. */
record IntrospectionCounters(
        Metrics.Counter active,
        Metrics.Counter inactive,
        Metrics.Counter unfit,
        Metrics.Counter unusable,
        Metrics.Counter failed,
        Metrics.Timer time) {

    static IntrospectionCounters in(Metrics metrics) {
        return new IntrospectionCounters(
                asked(metrics, "active"),
                asked(metrics, "inactive"),
                asked(metrics, "unfit"),
                asked(metrics, "unusable"),
                asked(metrics, "failed"),
                metrics.timer("ringgate_introspection_seconds"));
    }

    /** Of tokens that the provider had to be asked about. */
    static Metrics.Counter asked(Metrics metrics, String outcome) {
        return metrics.counter("ringgate_introspections_total", "outcome", outcome);
    }

    void answered(IntrospectionResponse answer, long nanos) {
        time.record(nanos);
        switch (answer) {
            case IntrospectionResponse.Active _ -> active.increment();
            case IntrospectionResponse.Inactive _ -> inactive.increment();
            case IntrospectionResponse.Unfit _ -> unfit.increment();
            case IntrospectionResponse.Unusable(String _, boolean came) -> (came ? unusable : failed).increment();
        }
    }
}
