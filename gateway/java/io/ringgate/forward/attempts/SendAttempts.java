package io.ringgate.forward.attempts;

import io.netty.buffer.ByteBuf;
import io.ringgate.forward.AttemptSignal;
import io.ringgate.forward.Backoff;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.OutgoingWrite;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.TraceContext;
import io.ringgate.forward.connections.ConnectionPool;
import io.ringgate.forward.connections.ReceiverConnection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One write under way: its attempts, and what comes of them. It holds the body until the outcome is known and lends it
 * to one connection at a time. Event loop only.
 *
 * <p>There is one retry, at another receiver. Besides, a tenant whose database a receiver is only opening is asked for
 * again and again, with growing waits. Both are spent from the retry budget. A kept connection that turns out at once to be
 * closed is replaced by a new one to the same receiver, uncounted: closing an idle connection is no fault of a receiver.
 */
final class SendAttempts implements ReceiverConnection.ConnectCallback {

    /** About twelve seconds; a database is open in one or two. */
    private static final int MOST_WAITS = 7;

    /** So slow that one write alone never wants more than the two waits a second that there always are. */
    private static final Backoff OPENING = new Backoff(500_000_000L, 2_000_000_000L);

    /** A connection that was closed while it was idle fails at once. */
    private static final long STALE_NANOS = 1_000_000_000L;

    private final LoopForwarder loop;
    private final OutgoingWrite write;
    private final TraceContext trace;
    private final ByteBuf body;
    private final long size;
    private final Consumer<Outcome> done;
    private @Nullable ConnectionPool pool;
    private boolean trial;
    private boolean kept;
    private boolean retried;
    private int waits;
    private long begun;

    SendAttempts(LoopForwarder loop, OutgoingWrite write, Consumer<Outcome> done) {
        TraceContext theirs = write.trace();
        this.loop = loop;
        this.write = write;
        this.trace = theirs == null ? TraceContext.newTrace(loop.random()) : theirs;
        this.body = write.body();
        this.size = body.readableBytes();
        this.done = done;
    }

    /** Begins, or begins again after a wait. */
    void start() {
        if (loop.isClosed()) {
            finish(new Outcome.Unavailable("the gateway is stopping"));
        } else if (write.deadlineNanos() - loop.now() <= 0) {
            finish(new Outcome.Unavailable("write_deadline passed before the write could be sent"));
        } else {
            Receiver first = loop.pickTrial(write.tenant(), size);
            trial = first != null;
            first = trial ? first : loop.pick(write.tenant(), null, size);
            if (first != null) {
                attempt(first);
            } else if (loop.hasReceivers(write.tenant())) {
                finish(new Outcome.Unavailable("all receivers are at their limit of outstanding bytes"));
            } else {
                finish(new Outcome.Unavailable("no receiver address is known yet: see the log for failed DNS lookups"));
            }
        }
    }

    @Override
    public void ready(ReceiverConnection connection) {
        loop.connected(at().receiver());
        if (limit() - loop.now() <= 0) {
            at().release(connection);
            conclude(at().unreached("the connection came when the time was up", false));
            return;
        }
        send(connection);
    }

    private void send(ReceiverConnection connection) {
        ByteBuf head;
        try {
            long span = loop.random().nextLong() | 1;
            head = at().head().of(write, trace, span, connection.allocator());
        } catch (OutOfMemoryError spent) {
            // Direct memory can be spent while the heap is not; the write must end all the same.
            connection.close();
            conclude(at().unreached("there is no direct memory for the request", false));
            return;
        }
        connection.exchange(head, body, limit(), this::ended);
    }

    @Override
    public void unreached(String why, boolean blamed) {
        conclude(at().unreached(why, blamed));
    }

    /** Room for the write is taken at the receiver. */
    private void attempt(Receiver receiver) {
        ConnectionPool here = loop.pool(receiver);
        pool = here;
        begun = loop.now();
        write.beforeAttempt().accept(receiver.label());
        ReceiverConnection connection = here.pollIdle();
        kept = connection != null;
        if (connection != null) {
            send(connection);
        } else {
            here.connect(limit(), this);
        }
    }

    private void ended(Outcome outcome) {
        boolean silent = outcome instanceof Outcome.Unavailable && outcome.signal() == AttemptSignal.HUNG_UP;
        if (silent && kept && loop.now() - begun < STALE_NANOS && !loop.isClosed()) {
            kept = false;
            at().connect(limit(), this);
        } else {
            conclude(outcome);
        }
    }

    private void conclude(Outcome outcome) {
        Receiver receiver = at().receiver();
        receiver.end(size);
        long now = loop.now();
        if (outcome instanceof Outcome.Stored) {
            receiver.unrecognised().stored(now);
        }
        receiver.meters().attempted(outcome, now - begun);
        AttemptSignal signal = signal(outcome, now);
        loop.record(receiver, signal, write.tenant(), begun, outcome.cause());
        if (trial && signal == AttemptSignal.NOTHING) {
            loop.endTrialWithoutResult(receiver);
        }
        trial = false;
        boolean goesOn = switch (outcome.next()) {
            case NOTHING -> false;
            case OTHER_RECEIVER -> !retried && retries(receiver, now);
            case WAIT -> waits(now);
        };
        if (!goesOn) {
            finish(outcome);
        }
    }

    /**
     * Lateness counts when the receiver had at least half of the time that an attempt may take: a write whose own time is
     * nearly over says nothing about the receiver.
     */
    private AttemptSignal signal(Outcome outcome, long now) {
        boolean hadTime = now - begun >= loop.settings().attempt().toNanos() / 2;
        boolean tooShort = outcome.signal() == AttemptSignal.LATE && !hadTime;
        return loop.isClosed() || tooShort ? AttemptSignal.NOTHING : outcome.signal();
    }

    private boolean retries(Receiver asked, long now) {
        if (loop.isClosed() || write.deadlineNanos() - now <= 0) {
            return false;
        }
        Receiver other = loop.pick(write.tenant(), asked, size);
        if (other == null) {
            return false;
        }
        if (!loop.policy().grantRetry(now)) {
            other.end(size);
            return false;
        }
        retried = true;
        attempt(other);
        return true;
    }

    /** Nothing is outstanding and no connection is held meanwhile, only the body. */
    private boolean waits(long now) {
        long wait = OPENING.nanos(waits, loop.random());
        boolean inTime = write.deadlineNanos() - now - wait > 0;
        if (loop.isClosed() || waits == MOST_WAITS || !inTime || !loop.policy().grantWait(now)) {
            return false;
        }
        waits++;
        loop.park(this, wait);
        return true;
    }

    private void finish(Outcome outcome) {
        body.release();
        done.accept(outcome);
    }

    private long limit() {
        long attemptLimit = begun + loop.settings().attempt().toNanos();
        return write.deadlineNanos() - attemptLimit < 0 ? write.deadlineNanos() : attemptLimit;
    }

    private ConnectionPool at() {
        ConnectionPool here = pool;
        if (here == null) {
            throw new IllegalStateException("no attempt has begun");
        }
        return here;
    }
}
