package io.ringgate.forward;

import io.ringgate.metrics.Metrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The meters by label. Pods come and go with new addresses, and a counter once used stays on the page; so only so many
 * addresses get a label of their own in the life of a process, and later ones share {@code other}.
 */
final class ReceiverLabels {

    static final int MOST = 256;
    static final String OTHER = "other";

    private static final String OUTSTANDING = "ringgate_receiver_outstanding_bytes";
    private static final String CONNECTIONS = "ringgate_receiver_connections";
    private static final String EJECTED = "ringgate_receiver_ejected";
    private static final String READY = "ringgate_receiver_ready";

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
            Health health = receiver.health();
            metrics.gauge(OUTSTANDING, receiver::outstandingBytes, "receiver", label);
            metrics.gauge(CONNECTIONS, receiver::openConnections, "receiver", label);
            metrics.gauge(EJECTED, () -> health.isEjected() ? 1 : 0, "receiver", label);
            metrics.gauge(READY, () -> health.hint().number(), "receiver", label);
        }
    }

    /** Takes the gauges of a receiver that is gone, and its label with it, off the page. */
    void hide(Receiver receiver) {
        for (String gauge : List.of(OUTSTANDING, CONNECTIONS, EJECTED, READY)) {
            metrics.dropGauge(gauge, "receiver", receiver.label());
        }
    }
}
