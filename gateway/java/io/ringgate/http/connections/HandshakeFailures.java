package io.ringgate.http.connections;

import io.ringgate.edge.Network;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Quoted;
import io.ringgate.tls.HandshakeFault;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the handshakes that failed by their reason, and tells the log of them once per source and minute. Any thread. */
final class HandshakeFailures {

    private static final Logger LOG = LoggerFactory.getLogger(HandshakeFailures.class);

    private final Map<HandshakeFault, Metrics.Counter> counters = new EnumMap<>(HandshakeFault.class);
    private final PerSourceLogLimiter log = new PerSourceLogLimiter();

    HandshakeFailures(Metrics metrics) {
        for (HandshakeFault fault : HandshakeFault.values()) {
            counters.put(fault, metrics.counter("ringgate_tls_handshake_failures_total", "reason", fault.label()));
        }
    }

    /** @param cause says more of some faults */
    void add(HandshakeFault fault, Network source, long nowNanos, @Nullable Throwable cause) {
        Metrics.Counter counter = counters.get(fault);
        if (counter != null) {
            counter.increment();
        }
        long unsaid = log.ask(source, nowNanos);
        if (unsaid != PerSourceLogLimiter.SILENT) {
            String said = fault.more(cause);
            String more = said.isEmpty() ? "" : ": " + Quoted.of(said);
            LOG.warn(
                    "no TLS with {}: {}{} (reason {}, {} more unsaid)",
                    source,
                    fault.words(),
                    more,
                    fault.label(),
                    unsaid);
        }
    }
}
