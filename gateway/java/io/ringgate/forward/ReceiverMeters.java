package io.ringgate.forward;

import io.ringgate.metrics.Metrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The instruments of one receiver, asked for once and kept. Any thread. */
public final class ReceiverMeters {

    private static final String ATTEMPTS = "ringgate_receiver_attempts_total";
    private static final String SECONDS = "ringgate_receiver_attempt_seconds";
    private static final String UNCONNECTED = "ringgate_receiver_connection_failures_total";
    private static final String EJECTIONS = "ringgate_receiver_ejections_total";
    private static final List<String> OUTCOMES =
            List.of("stored", "refused", "unrecognised", "limited", "misconfigured", "failed", "unavailable");

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
    private final Map<AttemptSignal, Metrics.Counter> ejections = new EnumMap<>(AttemptSignal.class);

    public ReceiverMeters(String label, Metrics metrics) {
        this.label = label;
        this.stored = outcomes(metrics, "stored");
        this.refused = outcomes(metrics, "refused");
        this.unrecognised = outcomes(metrics, "unrecognised");
        this.limited = outcomes(metrics, "limited");
        this.misconfigured = outcomes(metrics, "misconfigured");
        this.failed = outcomes(metrics, "failed");
        this.unavailable = outcomes(metrics, "unavailable");
        this.connectionFailures = metrics.counter(UNCONNECTED, "receiver", label);
        this.attempts = metrics.timer(SECONDS, "receiver", label);
        for (AttemptSignal sign : AttemptSignal.values()) {
            if (sign.isFault()) {
                ejections.put(sign, metrics.counter(EJECTIONS, "receiver", label, "cause", sign.label()));
            }
        }
    }

    private Metrics.Counter outcomes(Metrics metrics, String outcome) {
        return metrics.counter(ATTEMPTS, "receiver", label, "outcome", outcome);
    }

    /** Takes all of them off the page; what still counts then is not seen any more. */
    public void drop(Metrics metrics) {
        OUTCOMES.forEach(outcome -> metrics.drop(ATTEMPTS, "receiver", label, "outcome", outcome));
        ejections.keySet().forEach(sign -> metrics.drop(EJECTIONS, "receiver", label, "cause", sign.label()));
        metrics.drop(UNCONNECTED, "receiver", label);
        metrics.drop(SECONDS, "receiver", label);
    }

    String label() {
        return label;
    }

    public void attempted(Outcome outcome, long nanos) {
        counter(outcome).increment();
        attempts.record(nanos);
    }

    public void connectionFailed() {
        connectionFailures.increment();
    }

    public void ejected(AttemptSignal why) {
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
