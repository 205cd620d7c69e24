package io.ringgate.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BodyWriterTest {

    /** Fails one write, by its number, and takes all others. */
    private static final class Breaks extends ChannelOutboundHandlerAdapter {
        private final int number;
        private int seen;

        Breaks(int number) {
            this.number = number;
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise promise) {
            ReferenceCountUtil.release(bytes);
            if (seen++ == number) {
                promise.setFailure(new IOException("broken"));
            } else {
                promise.setSuccess();
            }
        }
    }

    private static BodyWriter writtenWithFailureAt(int number) {
        EmbeddedChannel channel = new EmbeddedChannel(new Breaks(number));
        BodyWriter writer = new BodyWriter(channel);
        ByteBuf body = Unpooled.wrappedBuffer(new byte[200_000]);
        writer.start(Unpooled.wrappedBuffer(new byte[10]), body);
        channel.runPendingTasks();
        assertThat(body.refCnt()).isEqualTo(1);
        return writer;
    }

    @Test
    void a_body_that_went_out_is_done() {
        assertThat(writtenWithFailureAt(-1).isDone()).isTrue();
    }

    @Test
    void one_failed_piece_is_enough_for_never_being_done() {
        for (int piece = 0; piece <= 4; piece++) {
            assertThat(writtenWithFailureAt(piece).isDone())
                    .as("piece %d", piece)
                    .isFalse();
        }
    }
}
