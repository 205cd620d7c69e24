package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.ringgate.edge.EdgeName;
import io.ringgate.http.framing.BodyFrame;
import io.ringgate.pipeline.Answer;
import io.ringgate.pipeline.Write;
import io.ringgate.pipeline.WriteClient;
import io.ringgate.pipeline.WriteHead;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A request that is a write: passes its body to the write, ends it when the body is too slow, and passes its answer on. The
 * write itself knows what it waits for. Runs on its connection's event loop.
 */
final class WriteExchange implements WriteClient, BodyFrame.Reader {

    /**
     * While a write waits, reads go on until so much of its body lies here, so that the end of the connection is found
     * where nothing else tells it: close_notify everywhere, FIN and reset on platforms where {@link TcpPeer} cannot.
     */
    private static final int MOST_READ_AHEAD = 16 << 10;

    private final Exchange exchange;
    private final LoopContext loop;
    private final EdgeConnection connection;
    private final Write write;
    private long bodySince;
    private long bodyBytes;

    WriteExchange(Exchange exchange, WriteHead head) {
        this.exchange = exchange;
        this.loop = exchange.loop;
        this.connection = exchange.connection;
        this.write = loop.path().open(head, this);
    }

    /** May answer before it returns. */
    void begin() {
        write.identify();
        if (write.isIdentifying()) {
            connection.slot.verificationStarted(loop.now());
        }
    }

    @Override
    public Connection authenticated(EdgeName edge, int mostConnections) {
        long now = loop.now();
        connection.slot.verificationEnded(now);
        return connection.slot.authenticated(edge, mostConnections, now);
    }

    @Override
    public void wantBody() {
        bodySince = loop.now();
        try {
            exchange.sendContinue();
            connection.resume();
        } catch (RuntimeException | Error e) {
            connection.failed(e);
        }
    }

    /** Before a write has its memory no more of its body is read than of a head: it may have to wait with it. */
    boolean readsBody() {
        return write.readsBody();
    }

    /** Whether more is to be read, when so many bytes lie here. */
    boolean wantsBytes(int pending) {
        return write.wantsBody() || (write.isWaiting() && pending < MOST_READ_AHEAD);
    }

    /** Whether it waits for memory or a place. */
    boolean isWaiting() {
        return write.isWaiting();
    }

    /** Whether it waits and its client is known to have gone. */
    boolean isAbandoned() {
        return write.isWaiting() && !isConnected();
    }

    @Override
    public boolean isConnected() {
        return TcpPeer.isConnected(connection.channel());
    }

    @Override
    public void disconnected() {
        if (isAbandoned()) {
            connection.close();
        }
    }

    /** Passes arrived bytes to the write. True when the state may have changed, so that the caller goes on. */
    boolean advance(@Nullable ByteBuf in) {
        if (!write.wantsBody()) {
            return false;
        }
        BodyFrame frame = exchange.frame;
        if (in != null && !frame.done()) {
            int before = in.readableBytes();
            boolean valid = frame.read(in, this);
            bodyBytes += before - in.readableBytes();
            if (!valid) {
                breakOff();
                return true;
            }
        }
        if (write.wantsBody() && frame.done()) {
            write.bodyEnded();
            return true;
        }
        return !write.wantsBody();
    }

    @Override
    public int wants() {
        return write.wants();
    }

    @Override
    public void piece(ByteBuf piece) {
        write.piece(piece);
    }

    /** The body's framing broke: the write ends, and unless it was answered on the way this is its answer. */
    private void breakOff() {
        if (write.wantsBody()) {
            write.breakOff(
                    new Rejection.Plain(Reason.BAD_FRAMING, "malformed HTTP request: invalid chunk in the body"));
        }
        connection.linger();
    }

    /** May come outside a read, from a receiver or the watchdog, where no one else closes what cannot be answered. */
    @Override
    public void answer(Answer answer) {
        try {
            connection.slot.verificationEnded(loop.now());
            switch (answer) {
                case Answer.Stored() -> exchange.stored(write.facts(), bodyBytes);
                case Answer.Refused(Rejection rejection) -> exchange.refused(rejection, write.facts(), bodyBytes);
            }
        } catch (RuntimeException | Error e) {
            connection.failed(e);
        }
    }

    /** Ends a body that comes too slowly, a wait that takes too long, and a write whose sender is not known in time. */
    void checkTimes(long now) {
        long writeNanos = now - exchange.startNanos;
        write.checkWait(now);
        if (isAbandoned()) {
            connection.close();
        } else if (write.isWaiting()) {
            connection.resume();
        }
        if (write.isIdentifying()) {
            if (writeNanos > loop.times().writeDeadline().toNanos()) {
                write.breakOff(new Rejection.Plain(
                        Reason.DEADLINE,
                        "the credential was not verified within timeouts.write_deadline, nothing was stored"));
            }
        } else if (write.wantsBody()) {
            Rejection slow =
                    SlowBody.check(loop.times(), writeNanos, now - bodySince, bodyBytes, write::othersNeedItsMemory);
            if (slow != null) {
                write.breakOff(slow);
            }
        }
    }

    /** The connection is gone. */
    void gone() {
        if (loop.accessLog().wantsFailure()) {
            exchange.log(AccessRecord.CLIENT_GONE, null, write.facts(), bodyBytes);
        }
        write.gone();
    }
}
