package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/**
 * ResponseEncoder on their way to the client. A client that asks and does not read is not read either: the kernel takes the first
 * answers, the first that it does not take lies here, and until it has gone no further request is looked at. So at most one
 * answer lies here, whatever was asked at once. On the connection's event loop.
 */
final class ResponsesInFlight implements ChannelFutureListener {

    private final Runnable gone;
    private int waiting;

    /** @param gone is run when all answers that had to wait have left, or never will */
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
