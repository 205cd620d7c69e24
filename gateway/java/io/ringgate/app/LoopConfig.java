package io.ringgate.app;

import io.ringgate.config.GatewaySettings;
import io.ringgate.forward.ForwardSettings;
import io.ringgate.forward.attempts.AttemptPolicy;
import io.ringgate.forward.connections.ReceiverTls;
import io.ringgate.forward.discovery.Receivers;
import io.ringgate.http.connections.Connections;
import io.ringgate.pipeline.WritePath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the event loops are built from. A change of configuration gives them another, and they rebuild what differs.
 *
 * @param secured TLS to receivers, null for plain HTTP
 */
record LoopConfig(
        GatewaySettings settings,
        WritePath.Shared shared,
        Receivers receivers,
        ForwardSettings forwarding,
        @Nullable ReceiverTls secured,
        AttemptPolicy guard,
        Connections connections) {

    /** Connections to receivers that were made by the one may be used under the other. */
    boolean forwardsAs(LoopConfig other) {
        return forwarding.equals(other.forwarding) && Objects.equals(secured, other.secured);
    }
}
