package io.ringgate.app;

import io.ringgate.forward.attempts.AttemptPolicy;
import io.ringgate.forward.discovery.Receivers;
import io.ringgate.forward.health.HealthPort;
import io.ringgate.forward.health.ReadinessPoller;
import io.ringgate.http.connections.Connections;
import io.ringgate.observe.AccessLog;
import io.ringgate.observe.CertificateExpiry;
import io.ringgate.observe.RingsHash;
import io.ringgate.pipeline.EdgeRuntimes;
import io.ringgate.tls.TlsEngine;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What lives as long as the process, whatever is configured.
 *
 * @param readyPollers starts asking the receivers whether they are ready
 */
record GatewayRuntime(
        SharedServices services,
        Receivers receivers,
        AttemptPolicy guard,
        Connections connections,
        Function<HealthPort, ReadinessPoller> readyPollers,
        SenderAuthentication authentication,
        @Nullable OperatorAuthentication operators,
        EdgeRuntimes edges,
        AccessLog accessLog,
        ConfiguredListeners listeners,
        CertificateExpiry certificates,
        RingsHash ringsHash,
        TlsEngine engine,
        List<EdgeLoop> loops) {}
