package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/**
 * Responses on their way to the client. A client that sends requests and does not read is not read from either: the first
 * response that does not fit into the socket is held here, and no further request is served until it is written. So at most one
 * response is held, however many requests were pipelined. On the connection's event loop.
 */
final class ResponsesInFlight implements ChannelFutureListener {

    private final Runnable gone;
    private int waiting;

    /** @param gone is run when all responses that had to wait are written, or never will be */
    ResponsesInFlight(Runnable gone) {
        this.gone = gone;
    }

    void send(ChannelHandlerContext context, ByteBuf answer) {
        ChannelFuture written = context.writeAndFlush(answer);
        if (!written.isDone()) {
            waiting++;
            written.addListener(this);
        }
    }

    boolean none() {
        return waiting == 0;
    }

    @Override
    public void operationComplete(ChannelFuture written) {
        if (--waiting == 0) {
            gone.run();
        }
    }
}
