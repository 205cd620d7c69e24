package io.ringgate.forward.connections;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;

/**
 * Netty's decoder, which by itself would keep bytes that came too early and read them as the next answer. A byte that
 * comes while no answer is due closes the connection.
 */
final class AnswerDecoder extends HttpResponseDecoder {

    private boolean due;
    private boolean received;

    AnswerDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(4 * 1024)
                .setMaxHeaderSize(16 * 1024)
                .setValidateHeaders(true)
                .setInitialBufferSize(256));
    }

    void expectAnswer() {
        due = true;
        received = false;
    }

    void expectNothing() {
        due = false;
    }

    /** At least one byte came since an answer is expected. */
    boolean hasReceived() {
        return received;
    }

    /** Bytes beyond the answer just read. */
    boolean hasMore() {
        return actualReadableBytes() > 0;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // its end is seen as channelInactive
    public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
        if (due) {
            received = true;
            super.channelRead(ctx, bytes);
        } else {
            ReferenceCountUtil.release(bytes);
            ctx.close();
        }
    }
}
