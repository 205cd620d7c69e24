package io.ringgate.forward;

import io.ringgate.metrics.Metrics;
import java.util.HashMap;
import java.util.Map;

/**
 * The meters by label. Pods come and go with new addresses, and a label once used stays on the page; so only so many
 * addresses get a label of their own in the life of a process, and later ones share {@code other}.
 */
final class ReceiverLabels {

    static final int MOST = 256;
    static final String OTHER = "other";

    private final Metrics metrics;
    private final Map<String, ReceiverMeters> meters = new HashMap<>();

    ReceiverLabels(Metrics metrics) {
        this.metrics = metrics;
    }

    /** One thread at a time. */
    ReceiverMeters meters(String label) {
        String taken = meters.containsKey(label) || meters.size() < MOST ? label : OTHER;
        return meters.computeIfAbsent(taken, l -> new ReceiverMeters(l, metrics));
    }

    /** A later receiver with the same label takes the gauges over; those that share a label have none. */
    void show(Receiver receiver) {
        if (!receiver.label().equals(OTHER)) {
            String label = receiver.label();
            metrics.gauge("ringgate_receiver_outstanding_bytes", receiver::outstandingBytes, "receiver", label);
            metrics.gauge("ringgate_receiver_connections", receiver::openConnections, "receiver", label);
            Health health = receiver.health();
            metrics.gauge("ringgate_receiver_ejected", () -> health.isEjected() ? 1 : 0, "receiver", label);
            metrics.gauge("ringgate_receiver_ready", () -> health.hint().number(), "receiver", label);
        }
    }
}
