package io.ringgate.forward;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What every connection of one event loop shares. */
record LoopWiring(
        EventLoop loop,
        ChannelFactory<? extends Channel> channels,
        ForwardSettings settings,
        @Nullable Secured secured,
        LongSupplier clock) {

    long now() {
        return clock.getAsLong();
    }
}
