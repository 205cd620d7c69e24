package io.ringgate.http.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.Supplier;

/**
 * The first handler of a TLS listener: reads the first byte. At a handshake record the TLS handler replaces this one;
 * anything else is plain HTTP, which an event reports so that the connection can answer in plain text.
 */
public final class TlsDetector extends ByteToMessageDecoder {

    /** The user event that says what was detected. */
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
