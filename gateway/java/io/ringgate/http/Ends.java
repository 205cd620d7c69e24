package io.ringgate.http;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection came from and where it came to. Asked for while it is sure to be open: afterwards nobody knows.
 *
 * @param peer absent when it had gone before it was looked at
 */
record Ends(@Nullable SocketAddress peer, @Nullable SocketAddress local) {

    static final Ends UNKNOWN = new Ends(null, null);

    static Ends of(Channel channel) {
        return new Ends(channel.remoteAddress(), channel.localAddress());
    }
}
