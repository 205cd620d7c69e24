package io.ringgate.forward.discovery;

import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.ReceiverHealth;
import io.ringgate.forward.ReceiverMeters;
import io.ringgate.metrics.Metrics;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The labels that receivers have on the page, and the meters of each. Pods come and go with new addresses: a label lives
 * as long as the receivers that have it. When the last one is gone its gauges leave the page at once, its counters some
 * minutes later, so that what happened at the end is still scraped. So many labels exist at a time; when there are more
 * receivers, those that were gone first lose theirs, and a receiver that finds none left shares {@code other}.
 *
 * <p>One thread at a time.
 */
final class ReceiverLabels {

    static final int MOST = 256;
    static final String OTHER = "other";

    /** So long the counters of a receiver that is gone stay on the page. */
    static final long STAY_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final String OUTSTANDING = "ringgate_receiver_outstanding_bytes";
    private static final String CONNECTIONS = "ringgate_receiver_connections";
    private static final String EJECTED = "ringgate_receiver_ejected";
    private static final String READY = "ringgate_receiver_ready";

    private record Label(ReceiverMeters meters, List<Receiver> receivers) {}

    private final Metrics metrics;
    private final Map<String, Label> labels = new HashMap<>();

    /** When the last receiver of a label went, in nanoseconds; the earliest first. */
    private final Map<String, Long> gone = new LinkedHashMap<>();

    ReceiverLabels(Metrics metrics) {
        this.metrics = metrics;
    }

    /** A new receiver under this label; the last one under a label is the one that gauges show. */
    Receiver enter(String wanted, ReceiverAddress peer, InetSocketAddress address) {
        String name = labels.containsKey(wanted) || hasRoom() ? wanted : OTHER;
        Label label = labels.computeIfAbsent(name, n -> new Label(new ReceiverMeters(n, metrics), new ArrayList<>()));
        gone.remove(name);
        Receiver receiver = new Receiver(peer, address, label.meters());
        label.receivers().add(receiver);
        show(receiver);
        return receiver;
    }

    /** The receiver is in no ring any more. */
    void leave(Receiver receiver, long nowNanos) {
        String name = receiver.label();
        List<Receiver> left = Objects.requireNonNull(labels.get(name)).receivers();
        left.remove(receiver);
        if (left.isEmpty()) {
            List.of(OUTSTANDING, CONNECTIONS, EJECTED, READY)
                    .forEach(gauge -> metrics.dropGauge(gauge, "receiver", name));
            gone.put(name, nowNanos);
        } else {
            show(left.getLast());
        }
    }

    /** Takes off the page what is gone for long enough. */
    void sweep(long nowNanos) {
        gone.entrySet().removeIf(entry -> {
            boolean over = nowNanos - entry.getValue() >= STAY_NANOS;
            if (over) {
                free(entry.getKey());
            }
            return over;
        });
    }

    private boolean hasRoom() {
        int own = labels.size() - (labels.containsKey(OTHER) ? 1 : 0);
        if (own < MOST) {
            return true;
        }
        for (Iterator<String> earliest = gone.keySet().iterator(); earliest.hasNext(); ) {
            String name = earliest.next();
            if (!name.equals(OTHER)) {
                free(name);
                earliest.remove();
                return true;
            }
        }
        return false;
    }

    private void free(String name) {
        Objects.requireNonNull(labels.remove(name)).meters().drop(metrics);
    }

    /** Receivers that share a label have no gauges. */
    private void show(Receiver receiver) {
        String label = receiver.label();
        if (!label.equals(OTHER)) {
            ReceiverHealth health = receiver.health();
            metrics.gauge(OUTSTANDING, receiver::outstandingBytes, "receiver", label);
            metrics.gauge(CONNECTIONS, receiver::openConnections, "receiver", label);
            metrics.gauge(EJECTED, () -> health.isEjected() ? 1 : 0, "receiver", label);
            metrics.gauge(READY, () -> health.readiness().number(), "receiver", label);
        }
    }
}
