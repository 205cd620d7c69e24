package io.ringgate.http;

import java.util.HashSet;
import java.util.Set;

/**
 * Has every connection of one event loop check its timeouts a few times a second. One timer per
 * loop instead of several per request: the limits are seconds, so a quarter of one more is nothing.
 */
final class Watchdog {

    static final long PERIOD_MILLIS = 250;
    static final long PERIOD_NANOS = PERIOD_MILLIS * 1_000_000;

    private final Set<EdgeConnection> connections = new HashSet<>();

    /** Written on the loop, read by anybody who counts. */
    private volatile int size;

    void add(EdgeConnection connection) {
        connections.add(connection);
        size = connections.size();
    }

    void remove(EdgeConnection connection) {
        connections.remove(connection);
        size = connections.size();
    }

    /** A connection may close, and so remove itself, while it is checked. One that fails harms no other. */
    void checkTimes(long nowNanos) {
        for (EdgeConnection connection : connections.toArray(new EdgeConnection[0])) {
            try {
                connection.checkTimes(nowNanos);
            } catch (RuntimeException | Error e) {
                connection.failed(e);
            }
        }
    }

    int size() {
        return size;
    }
}
