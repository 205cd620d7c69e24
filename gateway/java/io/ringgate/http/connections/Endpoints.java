package io.ringgate.http.connections;

import io.netty.channel.Channel;
import io.ringgate.edge.Address;
import io.ringgate.edge.Network;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection came from and where it came to. Asked for while it is sure to be open: afterwards nobody knows.
 *
 * @param peer absent when the connection was closed already
 * @param address the client's, without its port
 * @param source what the client's attempts count for: that of its address, or of the proxy that does not tell it
 */
public record Endpoints(
        @Nullable SocketAddress peer, @Nullable SocketAddress local, Address address, Network source) {

    public static final Endpoints UNKNOWN = new Endpoints(null, null, Address.NONE, Network.NOWHERE);

    /** The same, for a client that a proxy speaks for. */
    public Endpoints from(InetSocketAddress client) {
        Address named = Address.of(client);
        return new Endpoints(client, local, named, named.equals(Address.NONE) ? source : named.source());
    }

    public static Endpoints of(Channel channel) {
        Address peer = Address.of(channel.remoteAddress());
        return new Endpoints(channel.remoteAddress(), channel.localAddress(), peer, peer.source());
    }
}
