package io.ringgate.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.ringgate.edge.Address;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;

/**
 * Takes the header of the PROXY protocol, version 1 or 2, by which a trusted proxy says where a connection comes from. It
 * comes before everything else, TLS too, and a connection with a broken one is closed.
 *
 * <p>{@code LOCAL} is the proxy itself, looking whether we live. A client whom it does not name, or names by something else
 * than an IP address, has none: no edge that is bound to networks can write from there.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {

    /** Of what a version 2 header says besides; we read none of it. */
    private static final int MOST_EXTRA = 2_048;

    private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("unknown", 0);

    private final Visit visit;
    private final LongSupplier clock;
    private boolean broken;

    private ProxyHeader(Visit visit, LongSupplier clock) {
        this.visit = visit;
        this.clock = clock;
    }

    /** Puts it before what there is. */
    static void expect(ChannelPipeline pipeline, String before, Visit visit, LongSupplier clock) {
        visit.awaitsOrigin();
        pipeline.addBefore(before, null, new HAProxyMessageDecoder(MOST_EXTRA));
        pipeline.addBefore(before, null, new ProxyHeader(visit, clock));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof HAProxyMessage header)) {
            context.fireChannelRead(message);
            return;
        }
        boolean stays;
        try {
            stays = header.command() == HAProxyCommand.LOCAL
                    ? visit.comesFromProxy()
                    : visit.comesFrom(origin(header), clock.getAsLong());
        } finally {
            header.release();
        }
        if (stays) {
            context.pipeline().remove(this);
        } else {
            context.close();
        }
    }

    private static InetSocketAddress origin(HAProxyMessage header) {
        String text = header.sourceAddress();
        Address address = text == null ? null : Address.parse(text);
        return address == null ? NOWHERE : new InetSocketAddress(address.toInet(), header.sourcePort());
    }

    /** The decoder's, which fails once more at the end of the connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException && !broken) {
            broken = true;
            visit.originIsBroken(clock.getAsLong());
        }
        context.close();
    }
}
