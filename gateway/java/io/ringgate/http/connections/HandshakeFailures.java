package io.ringgate.http.connections;

import io.ringgate.edge.Network;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.EscapedText;
import io.ringgate.tls.HandshakeFault;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Counts the handshakes that failed by their reason, and logs one of each source per minute. Any thread. */
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
        long suppressed = log.suppressed(source, nowNanos);
        if (suppressed == PerSourceLogLimiter.SUPPRESS) {
            return;
        }
        LoggingEventBuilder event =
                LOG.atWarn().addKeyValue("source", source).addKeyValue("reason", fault.label() + ": " + fault.words());
        String more = fault.more(cause);
        if (!more.isEmpty()) {
            event = event.addKeyValue("error", EscapedText.of(more));
        }
        event.addKeyValue("suppressed", suppressed).log("TLS handshake failed");
    }
}
