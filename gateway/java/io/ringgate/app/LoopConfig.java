package io.ringgate.app;

import io.ringgate.config.GatewaySettings;
import io.ringgate.forward.ForwardSettings;
import io.ringgate.forward.Guard;
import io.ringgate.forward.Receivers;
import io.ringgate.forward.Secured;
import io.ringgate.http.Connections;
import io.ringgate.pipeline.WritePath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the event loops build themselves from. A change of configuration gives them others, and they rebuild what differs.
 *
 * @param secured how receivers are spoken to over TLS, null for plain HTTP
 */
public record LoopConfig(
        GatewaySettings settings,
        WritePath.Shared shared,
        Receivers receivers,
        ForwardSettings forwarding,
        @Nullable Secured secured,
        Guard guard,
        Connections connections) {

    /** Connections to receivers that were made by the one may be used under the other. */
    boolean forwardsAs(LoopConfig other) {
        return forwarding.equals(other.forwarding) && Objects.equals(secured, other.secured);
    }
}
