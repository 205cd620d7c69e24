package io.ringgate.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * First of the TLS handlers of a client's connection: waits for the ClientHello, lets the server name choose the certificate
 * and puts the TLS handler behind itself. From then on it passes on whole records only.
 *
 * <pre>
 *   socket ─▶ │ record │ record │ rec…      the whole ones go on as one buffer, uncopied
 *                                 └──▶ kept here until it is whole, in a buffer that grows as it arrives
 * </pre>
 *
 * <p>So what a client makes us keep by sending records in pieces lies in one place, is never more than one record (or one
 * ClientHello), and is told to the {@link Owner}. Up to the end of the handshake what went to the engine counts too: it
 * keeps messages of which a part is missing. On its channel's event loop only; {@code held} is its own.
 */
public final class TlsRecordReader extends ChannelInboundHandlerAdapter {

    /** The most that a handshake may bring, a client's certificates included. */
    private static final int LARGEST_HANDSHAKE = 64 << 10;

    /** To whom the connection belongs. */
    public interface Owner {

        /** The ClientHello is there. False closes the connection before the handshake costs anything. */
        boolean admitsHandshake();

        /** How many bytes are kept for the connection here now. */
        void holds(int bytes);
    }

    /** Of a connection whose bytes and handshakes nobody counts. */
    public static final Owner NOBODY = new Owner() {
        @Override
        public boolean admitsHandshake() {
            return true;
        }

        @Override
        public void holds(int bytes) {
            // Nobody counts.
        }
    };

    private final ServerTls tls;
    private final Duration handshakeTimeout;
    private final Owner owner;

    /** Before the TLS handler is there everything that came, afterwards the beginning of one record. */
    private @Nullable ByteBuf held;

    private boolean greeted;
    private boolean shaken;
    private int ofHandshake;

    TlsRecordReader(ServerTls tls, Duration handshakeTimeout, Owner owner) {
        this.tls = tls;
        this.handshakeTimeout = handshakeTimeout;
        this.owner = owner;
    }

    /** The handshake is over: what went to the engine is kept no more. */
    private void shaken() {
        shaken = true;
        ofHandshake = 0;
        tell();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (!(message instanceof ByteBuf in)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            if (greeted) {
                pass(context, in);
            } else {
                keep(context.alloc(), in, in.readableBytes());
                greet(context);
            }
        } finally {
            in.release();
            tell();
        }
    }

    private void greet(ChannelHandlerContext context) throws SSLException {
        ByteBuf all = held;
        if (all == null || all.readableBytes() < TlsRecord.HEADER) {
            return;
        }
        TlsRecord.length(all, all.readerIndex());
        switch (ClientHello.read(all)) {
            case ClientHello.TooLarge(int declared) ->
                throw new SSLException(
                        "a ClientHello of " + declared + " bytes, the largest has " + ClientHello.LARGEST);
            case ClientHello.Incomplete() -> {
                if (all.readableBytes() > ClientHello.LARGEST) {
                    throw new SSLException("a ClientHello in more than " + ClientHello.LARGEST + " bytes of records");
                }
            }
            case ClientHello.Whole whole -> begin(context, all, whole.serverName());
        }
    }

    private void begin(ChannelHandlerContext context, ByteBuf all, @Nullable String serverName) throws SSLException {
        if (!owner.admitsHandshake()) {
            context.close();
            return;
        }
        SslHandler engine = tls.engine(context.alloc(), serverName, handshakeTimeout);
        context.pipeline().addAfter(context.name(), null, engine);
        engine.handshakeFuture().addListener(over -> shaken());
        greeted = true;
        held = null;
        try {
            pass(context, all);
        } finally {
            all.release();
        }
    }

    /** Passes on what is whole and keeps the rest. {@code in} stays the caller's. */
    private void pass(ChannelHandlerContext context, ByteBuf in) throws SSLException {
        finish(context, in);
        int end = in.readerIndex();
        while (in.writerIndex() - end >= TlsRecord.HEADER) {
            int length = TlsRecord.length(in, end);
            if (length > in.writerIndex() - end) {
                break;
            }
            end += length;
        }
        if (end > in.readerIndex()) {
            passOn(context, in.readRetainedSlice(end - in.readerIndex()));
        }
        if (in.isReadable()) {
            keep(context.alloc(), in, in.readableBytes());
        }
    }

    /** The record that is kept comes first: as much of {@code in} as it lacks is copied to it. */
    private void finish(ChannelHandlerContext context, ByteBuf in) throws SSLException {
        ByteBuf begun = held;
        if (begun == null) {
            return;
        }
        keep(context.alloc(), in, TlsRecord.HEADER - begun.readableBytes());
        if (begun.readableBytes() < TlsRecord.HEADER) {
            return;
        }
        int length = TlsRecord.length(begun, begun.readerIndex());
        keep(context.alloc(), in, length - begun.readableBytes());
        if (begun.readableBytes() == length) {
            held = null;
            passOn(context, begun);
        }
    }

    private void keep(ByteBufAllocator allocator, ByteBuf in, int wanted) {
        int bytes = Math.min(wanted, in.readableBytes());
        if (bytes <= 0) {
            return;
        }
        ByteBuf begun = held;
        if (begun == null) {
            begun = allocator.directBuffer(bytes);
            held = begun;
        }
        begun.writeBytes(in, bytes);
    }

    private void passOn(ChannelHandlerContext context, ByteBuf records) throws SSLException {
        if (!shaken) {
            ofHandshake += records.readableBytes();
            if (ofHandshake > LARGEST_HANDSHAKE) {
                records.release();
                throw new SSLException("a handshake of more than " + LARGEST_HANDSHAKE + " bytes");
            }
        }
        context.fireChannelRead(records);
    }

    private void tell() {
        ByteBuf kept = held;
        owner.holds(ofHandshake + (kept == null ? 0 : kept.capacity()));
    }

    /** Nothing that is not whole is worth passing on. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ByteBuf kept = held;
        held = null;
        if (kept != null) {
            kept.release();
        }
    }
}
