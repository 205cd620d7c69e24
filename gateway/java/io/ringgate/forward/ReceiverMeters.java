package io.ringgate.forward;

import io.ringgate.metrics.Metrics;
import java.util.EnumMap;
import java.util.Map;

/** The instruments of one receiver, asked for once and kept. Any thread. */
final class ReceiverMeters {

    private final String label;
    private final Metrics.Counter stored;
    private final Metrics.Counter refused;
    private final Metrics.Counter unrecognised;
    private final Metrics.Counter limited;
    private final Metrics.Counter misconfigured;
    private final Metrics.Counter failed;
    private final Metrics.Counter unavailable;
    private final Metrics.Counter connectionFailures;
    private final Metrics.Timer attempts;
    private final Map<Sign, Metrics.Counter> ejections = new EnumMap<>(Sign.class);

    ReceiverMeters(String label, Metrics metrics) {
        this.label = label;
        this.stored = outcomes(metrics, "stored");
        this.refused = outcomes(metrics, "refused");
        this.unrecognised = outcomes(metrics, "unrecognised");
        this.limited = outcomes(metrics, "limited");
        this.misconfigured = outcomes(metrics, "misconfigured");
        this.failed = outcomes(metrics, "failed");
        this.unavailable = outcomes(metrics, "unavailable");
        this.connectionFailures = metrics.counter("ringgate_receiver_connection_failures_total", "receiver", label);
        this.attempts = metrics.timer("ringgate_receiver_attempt_seconds", "receiver", label);
        for (Sign sign : Sign.values()) {
            if (sign.isFault()) {
                ejections.put(
                        sign,
                        metrics.counter("ringgate_receiver_ejections_total", "receiver", label, "cause", sign.label()));
            }
        }
    }

    private Metrics.Counter outcomes(Metrics metrics, String outcome) {
        return metrics.counter("ringgate_receiver_attempts_total", "receiver", label, "outcome", outcome);
    }

    String label() {
        return label;
    }

    void attempted(Outcome outcome, long nanos) {
        counter(outcome).increment();
        attempts.record(nanos);
    }

    void connectionFailed() {
        connectionFailures.increment();
    }

    void ejected(Sign why) {
        Metrics.Counter counter = ejections.get(why);
        if (counter != null) {
            counter.increment();
        }
    }

    private Metrics.Counter counter(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored s -> stored;
            case Outcome.Refused r -> refused;
            case Outcome.Unrecognised u -> unrecognised;
            case Outcome.Limited l -> limited;
            case Outcome.Misconfigured m -> misconfigured;
            case Outcome.Failed f -> failed;
            case Outcome.Unavailable u -> unavailable;
        };
    }
}
