package io.ringgate.config.yaml;

import io.ringgate.config.ConnectionLimits;
import java.time.Duration;
import java.util.OptionalInt;

/** How many connections there may be and how long they live: {@code connections}. */
final class ConnectionsReader {

    private static final ValueKind<Integer> COUNT = ValueKind.number("a number of connections", 1, 1_000_000);
    private static final DurationKind AGE = new DurationKind(Duration.ZERO, Duration.ofDays(1));

    /** One agent opens as many at one remote. */
    private static final int CONNECTIONS_OF_ONE_AGENT = 50;

    private ConnectionsReader() {}

    private static OptionalInt max(Section section) {
        Integer max = section.find("max", COUNT);
        return max == null ? OptionalInt.empty() : OptionalInt.of(max);
    }

    static ConnectionLimits read(Section section) {
        ConnectionLimits limits = new ConnectionLimits(
                max(section),
                section.read("max_per_source", COUNT, ConnectionLimits.DEFAULT_MAX_PER_SOURCE),
                section.read("max_per_edge", COUNT, ConnectionLimits.DEFAULT_MAX_PER_EDGE),
                section.read("retire_after", AGE, ConnectionLimits.DEFAULT_RETIRE_AFTER));
        section.end();
        if (limits.maxPerEdge() < CONNECTIONS_OF_ONE_AGENT) {
            section.warning(
                    "max_per_edge",
                    limits.maxPerEdge()
                            + " is less than the 50 connections that one agent may open, write 50 for each agent of an edge or more");
        }
        return limits;
    }
}
