package io.ringgate.auth.jwt;

import io.ringgate.metrics.Metrics;

/** What came of the tokens that were shown. */
record Counts(
        Metrics.Counter cached,
        Metrics.Counter proven,
        Metrics.Counter refused,
        Metrics.Counter noKey,
        Metrics.Counter busy,
        Metrics.Counter failed) {

    static Counts in(Metrics metrics) {
        String tokens = "ringgate_auth_tokens_total";
        return new Counts(
                metrics.counter(tokens, "outcome", "cached"),
                metrics.counter(tokens, "outcome", "proven"),
                metrics.counter(tokens, "outcome", "refused"),
                metrics.counter(tokens, "outcome", "no_key"),
                metrics.counter(tokens, "outcome", "busy"),
                metrics.counter(tokens, "outcome", "failed"));
    }

    void landed(Landing landing) {
        switch (landing) {
            case Landing.Proven _ -> proven.increment();
            case Landing.Wrong _ -> refused.increment();
            case Landing.Failed _ -> failed.increment();
            case Landing.NotRun _ -> busy.increment();
        }
    }
}
