package io.ringgate.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * A handler before the TLS handler that reads the alert with which a client ends the handshake, where that is not encrypted. It
 * fires it as the user event {@link HandshakeFault}. In TLS 1.3 OpenSSL refuses our certificate before it has
 * keys to say so, and BoringSSL takes that for a broken record. An alert is the last a client sends, so only the end of
 * what arrived is looked at.
 */
public final class PlaintextAlertReader extends ChannelInboundHandlerAdapter {

    /** Type 21, version 3.x, length 2; then level and description. */
    private static final int LENGTH = 7;

    private static final int ALERT = 21;
    private static final int FATAL = 2;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        HandshakeFault fault = message instanceof ByteBuf bytes ? read(bytes) : null;
        if (fault != null) {
            context.fireUserEventTriggered(fault);
        }
        context.fireChannelRead(message);
    }

    private static @Nullable HandshakeFault read(ByteBuf in) {
        int at = in.writerIndex() - LENGTH;
        boolean alert = at >= in.readerIndex()
                && in.getByte(at) == ALERT
                && in.getByte(at + 1) == 3
                && in.getShort(at + 3) == 2
                && in.getByte(at + 5) == FATAL;
        return alert ? HandshakeFault.ofAlert(in.getByte(at + 6)) : null;
    }
}
