package io.ringgate.forward.connections;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;

/**
 * TLS towards receivers. Asked once for every connection, on its event loop, so that a new certificate serves from the
 * next connection on. The handler must tell its end by Netty's {@code SslHandshakeCompletionEvent}.
 */
@FunctionalInterface
public interface ReceiverTls {

    /** A client-side handler that accepts only a certificate for {@code peerName}. */
    ChannelHandler newHandler(ByteBufAllocator allocator, String peerName, int port);
}
