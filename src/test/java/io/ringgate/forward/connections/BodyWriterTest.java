package io.ringgate.forward.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyWriterTest {

    /** Fails one write, by its number, and takes all others. */
    private static final class Breaks extends ChannelOutboundHandlerAdapter {
        private final int number;
        private final Throwable cause;
        private int seen;

        Breaks(int number, Throwable cause) {
            this.number = number;
            this.cause = cause;
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise promise) {
            ReferenceCountUtil.release(bytes);
            if (seen++ == number) {
                promise.setFailure(cause);
            } else {
                promise.setSuccess();
            }
        }
    }

    private final List<Throwable> heard = new ArrayList<>();

    private BodyWriter writtenWithFailureAt(int number) {
        return written(new Breaks(number, new IOException("broken")));
    }

    private BodyWriter written(Breaks breaks) {
        EmbeddedChannel channel = new EmbeddedChannel(breaks);
        BodyWriter writer = new BodyWriter(channel, heard::add);
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
    void a_socket_that_fails_is_not_our_want_and_may_have_an_answer() {
        writtenWithFailureAt(1);

        assertThat(heard).isEmpty();
    }

    @Test
    void direct_memory_that_is_spent_is_told() {
        for (int piece = 0; piece <= 4; piece++) {
            heard.clear();
            OutOfMemoryError spent = new OutOfMemoryError("direct");

            written(new Breaks(piece, spent));

            assertThat(heard).as("piece %d", piece).containsExactly(spent);
        }
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
