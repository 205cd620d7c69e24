package io.ringgate.app;

import io.ringgate.config.GatewaySettings;
import io.ringgate.forward.ForwardSettings;
import io.ringgate.forward.Receivers;
import io.ringgate.forward.Secured;
import io.ringgate.pipeline.WritePath;
import io.ringgate.tls.ServerTls;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the event loops are given to build themselves from.
 *
 * @param tls for each listener, in order: where its certificates come from, null without TLS
 * @param secured how receivers are spoken to over TLS, null for plain HTTP
 */
record Parts(
        GatewaySettings settings,
        WritePath.Shared shared,
        Receivers receivers,
        ForwardSettings forwarding,
        @Nullable Secured secured,
        List<@Nullable Supplier<ServerTls>> tls,
        Drain drain) {}
