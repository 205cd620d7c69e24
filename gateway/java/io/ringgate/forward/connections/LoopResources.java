package io.ringgate.forward.connections;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.ringgate.forward.ForwardSettings;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What every connection of one event loop shares. */
public record LoopResources(
        EventLoop loop,
        ChannelFactory<? extends Channel> channels,
        ForwardSettings settings,
        @Nullable ReceiverTls secured,
        LongSupplier clock) {

    public long now() {
        return clock.getAsLong();
    }
}
