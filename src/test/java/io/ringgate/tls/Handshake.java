package io.ringgate.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** A client and a server in memory, driven until neither has more to say. */
final class Handshake implements AutoCloseable {

    private final Side server;
    private final Side client;
    final SslHandler clientTls;
    private int serverBytes;

    Handshake(ChannelHandler serverTls, SslHandler clientTls) {
        this.clientTls = clientTls;
        server = new Side(serverTls);
        client = new Side(clientTls);
        exchange();
    }

    void exchange() {
        boolean moved = true;
        while (moved) {
            int asked = move(client.channel, server.channel);
            int answered = move(server.channel, client.channel);
            serverBytes += answered;
            moved = asked + answered > 0;
        }
    }

    private static int move(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        int moved = 0;
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            moved += bytes.readableBytes();
            if (to.isOpen()) {
                to.writeInbound(bytes);
            } else {
                bytes.release();
            }
        }
        return moved;
    }

    /** What the server has sent so far. */
    int serverBytes() {
        return serverBytes;
    }

    /** BoringSSL sends its session tickets along with the first answer. */
    void answer() {
        server.channel.writeOutbound(Unpooled.copiedBuffer("answer", StandardCharsets.US_ASCII));
        exchange();
    }

    boolean succeeded() {
        return server.outcome != null
                && server.outcome.isSuccess()
                && client.outcome != null
                && client.outcome.isSuccess();
    }

    Throwable clientFailure() {
        return client.failure();
    }

    Throwable serverFailure() {
        return server.failure();
    }

    SslHandler serverTls() {
        return server.channel.pipeline().get(SslHandler.class);
    }

    String protocol() {
        return clientTls.engine().getSession().getProtocol();
    }

    String cipher() {
        return clientTls.engine().getSession().getCipherSuite();
    }

    String seenByClient() {
        try {
            X509Certificate leaf =
                    (X509Certificate) clientTls.engine().getSession().getPeerCertificates()[0];
            return leaf.getSubjectX500Principal().getName();
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.channel.finishAndReleaseAll();
        server.channel.finishAndReleaseAll();
    }

    private static final class Side extends ChannelInboundHandlerAdapter {
        private final EmbeddedChannel channel;
        private @Nullable SslHandshakeCompletionEvent outcome;

        Side(ChannelHandler tls) {
            channel = new EmbeddedChannel(tls, this);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent completed) {
                outcome = completed;
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // The completion event carries the same.
        }

        Throwable failure() {
            if (outcome == null || outcome.isSuccess()) {
                throw new AssertionError("no failed handshake here: " + outcome);
            }
            return outcome.cause();
        }
    }
}
