package io.ringgate.forward.attempts;

import io.netty.buffer.ByteBuf;
import io.ringgate.forward.AttemptSignal;
import io.ringgate.forward.Backoff;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.OutgoingWrite;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.TraceContext;
import io.ringgate.forward.connections.ConnectionPool;
import io.ringgate.forward.connections.Ending;
import io.ringgate.forward.connections.ReceiverConnection;
import io.ringgate.forward.connections.ResponseClassifier;
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
final class SendAttempts implements ReceiverConnection.Dialled {

    /** About twelve seconds; a database is open in one or two. */
    private static final int MOST_WAITS = 7;

    /** So slow that one write alone never wants more than the two waits a second that there always are. */
    private static final Backoff OPENING = new Backoff(500_000_000L, 2_000_000_000L);

    /** A connection that was closed while it was idle says so at once. */
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
        this.trace = theirs == null ? TraceContext.fresh(loop.random()) : theirs;
        this.body = write.body();
        this.size = body.readableBytes();
        this.done = done;
    }

    /** Begins, or begins again after a wait. */
    void start() {
        if (loop.isClosed()) {
            finish(new Outcome.Unavailable("the gateway is stopping"));
        } else if (write.deadlineNanos() - loop.now() <= 0) {
            finish(new Outcome.Unavailable("the time for this write was over before it could be sent"));
        } else {
            Receiver first = loop.pickTrial(write.tenant(), size);
            trial = first != null;
            first = trial ? first : loop.pick(write.tenant(), null, size);
            if (first != null) {
                attempt(first);
            } else if (loop.knowsAnybody(write.tenant())) {
                finish(new Outcome.Unavailable("as many bytes wait for every receiver as may"));
            } else {
                finish(new Outcome.Unavailable("no receiver's address is known yet"));
            }
        }
    }

    @Override
    public void ready(ReceiverConnection connection) {
        loop.connected(at().receiver());
        if (limit() - loop.now() <= 0) {
            at().giveBack(connection);
            conclude(new Ending.Unreached("the connection came when the time was up", false));
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
            conclude(new Ending.Unreached("there is no direct memory for the request", false));
            return;
        }
        connection.exchange(head, body, limit(), this::ended);
    }

    @Override
    public void unreached(String why, boolean blamed) {
        conclude(new Ending.Unreached(why, blamed));
    }

    /** Room for the write is taken at the receiver. */
    private void attempt(Receiver receiver) {
        ConnectionPool here = loop.pool(receiver);
        pool = here;
        begun = loop.now();
        write.asking().accept(receiver.label());
        ReceiverConnection connection = here.takeIdle();
        kept = connection != null;
        if (connection != null) {
            send(connection);
        } else {
            here.dial(limit(), this);
        }
    }

    private void ended(Ending ending) {
        boolean stale = kept && loop.now() - begun < STALE_NANOS && !loop.isClosed();
        if (stale && ending instanceof Ending.Cut(boolean silent, String why) && silent) {
            kept = false;
            at().dial(limit(), this);
        } else {
            conclude(ending);
        }
    }

    private void conclude(Ending ending) {
        Receiver receiver = at().receiver();
        receiver.end(size);
        long now = loop.now();
        Outcome outcome = ResponseClassifier.outcome(
                ending, receiver, loop.settings().doubt().toNanos(), now);
        receiver.meters().attempted(outcome, now - begun);
        boolean hadTime = now - begun >= loop.settings().attempt().toNanos() / 2;
        AttemptSignal sign =
                loop.isClosed() ? AttemptSignal.NOTHING : ResponseClassifier.sign(ending, outcome, hadTime);
        loop.learn(receiver, sign, write.tenant(), begun, ResponseClassifier.words(outcome));
        if (trial && sign == AttemptSignal.NOTHING) {
            loop.untold(receiver);
        }
        trial = false;
        if (!goesOn(ending, receiver, now)) {
            finish(outcome);
        }
    }

    private boolean goesOn(Ending ending, Receiver asked, long now) {
        if (ending instanceof Ending.Answered answer && answer.opening()) {
            return waits(now);
        }
        return !retried && ResponseClassifier.deservesAnother(ending) && retries(asked, now);
    }

    private boolean retries(Receiver asked, long now) {
        if (loop.isClosed() || write.deadlineNanos() - now <= 0) {
            return false;
        }
        Receiver other = loop.pick(write.tenant(), asked, size);
        if (other == null) {
            return false;
        }
        if (!loop.guard().takeRetry(now)) {
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
        if (loop.isClosed() || waits == MOST_WAITS || !inTime || !loop.guard().takeWait(now)) {
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
