package io.ringgate.http.connections;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.ringgate.edge.Address;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Handles the PROXY protocol header, version 1 or 2, in which a trusted proxy names the client of a connection. It comes before
 * everything else, TLS too, and a connection with an invalid one is closed.
 *
 * <p>{@code LOCAL} is a health check by the proxy itself. Only the families TCP over IPv4 and TCP over IPv6 carry an
 * address: the path of a UNIX socket may read like one, and what comes by UDP is no connection. A client without an address
 * is in no network, so no edge with {@code allowed_sources} can write from there; its connection counts for the proxy.
 */
public final class ProxyProtocolHandler extends ChannelInboundHandlerAdapter {

    /** Bytes of the TLVs of a version 2 header, which are not used. */
    private static final int MOST_EXTRA = 2_048;

    private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("unknown", 0);

    private final ConnectionSlot slot;
    private final LongSupplier clock;
    private boolean broken;

    private ProxyProtocolHandler(ConnectionSlot slot, LongSupplier clock) {
        this.slot = slot;
        this.clock = clock;
    }

    /**
     * Adds it before the other handlers.
     *
     * @param trust by which the proxy is trusted, on this connection also after a reload
     */
    public static void expect(
            ChannelPipeline pipeline,
            String before,
            ConnectionSlot slot,
            Supplier<TrustedProxies> trust,
            LongSupplier clock) {
        Address proxy = Address.of(pipeline.channel().remoteAddress());
        slot.awaitOrigin(() -> trust.get().trustsProxyProtocolOf(proxy));
        pipeline.addBefore(before, null, new HAProxyMessageDecoder(MOST_EXTRA));
        pipeline.addBefore(before, null, new ProxyProtocolHandler(slot, clock));
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
                    ? slot.originIsProxy()
                    : slot.setOrigin(origin(header), clock.getAsLong());
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
        String text = carriesAddress(header.proxiedProtocol()) ? header.sourceAddress() : null;
        Address address = text == null ? null : Address.parse(text);
        return address == null || address.isUnspecified()
                ? NOWHERE
                : new InetSocketAddress(address.toInet(), header.sourcePort());
    }

    private static boolean carriesAddress(HAProxyProxiedProtocol family) {
        return family == HAProxyProxiedProtocol.TCP4 || family == HAProxyProxiedProtocol.TCP6;
    }

    /** The decoder's, which fails once more at the end of the connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException && !broken) {
            broken = true;
            slot.originIsBroken(clock.getAsLong());
        }
        context.close();
    }
}
