package io.ringgate.http;

import io.netty.channel.Channel;
import io.ringgate.edge.Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection came from and where it came to. Asked for while it is sure to be open: afterwards nobody knows.
 *
 * @param peer absent when it had gone before it was looked at
 * @param address the client's, without its port
 */
record Ends(@Nullable SocketAddress peer, @Nullable SocketAddress local, Address address) {

    static final Ends UNKNOWN = new Ends(null, null, Address.NONE);

    /** The same, for somebody whom a proxy speaks for. */
    Ends from(InetSocketAddress client) {
        return new Ends(client, local, Address.of(client));
    }

    static Ends of(Channel channel) {
        return new Ends(channel.remoteAddress(), channel.localAddress(), Address.of(channel.remoteAddress()));
    }
}
