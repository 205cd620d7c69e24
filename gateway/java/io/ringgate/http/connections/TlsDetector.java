package io.ringgate.http.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.Supplier;

/**
 * First on a TLS listener: looks at the first byte. A handshake record puts the TLS handler in this one's place; anything
 * else is somebody who speaks plain HTTP, and the connection is told so that it can answer in plain text.
 */
public final class TlsDetector extends ByteToMessageDecoder {

    /** The user event that tells what was seen. */
    enum Seen {
        /** The client begins a handshake. */
        TLS,
        /** The client does not speak TLS. */
        PLAIN
    }

    private static final int HANDSHAKE_RECORD = 22;

    private final Supplier<ChannelHandler> tls;

    public TlsDetector(Supplier<ChannelHandler> tls) {
        this.tls = tls;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.getByte(in.readerIndex()) == HANDSHAKE_RECORD) {
            context.fireUserEventTriggered(Seen.TLS);
            context.pipeline().replace(this, null, tls.get());
        } else {
            context.fireUserEventTriggered(Seen.PLAIN);
            context.pipeline().remove(this);
        }
    }
}
