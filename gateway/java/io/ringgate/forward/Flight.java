package io.ringgate.forward;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One write under way: its attempts, and what comes of them. It holds the body until the outcome is known and lends it
 * to one connection at a time. Event loop only.
 *
 * <p>There is one retry, at another receiver. Apart from that, a kept connection that turns out to be closed is replaced
 * by a new one to the same receiver: closing an idle connection is no fault of a receiver.
 */
final class Flight implements ReceiverConnection.Dialled {

    private final LoopForwarder loop;
    private final Outgoing write;
    private final ByteBuf body;
    private final long size;
    private final Consumer<Outcome> done;
    private @Nullable Pool pool;
    private boolean kept;
    private boolean retried;
    private long begun;

    Flight(LoopForwarder loop, Outgoing write, Consumer<Outcome> done) {
        this.loop = loop;
        this.write = write;
        this.body = write.body();
        this.size = body.readableBytes();
        this.done = done;
    }

    void start() {
        Receiver first = loop.choose(null);
        if (loop.isClosed()) {
            finish(new Outcome.Unavailable("the gateway is stopping"));
        } else if (write.deadlineNanos() - loop.now() <= 0) {
            finish(new Outcome.Unavailable("the time for this write was over before it could be sent"));
        } else if (first == null) {
            finish(new Outcome.Unavailable("no receiver's address is known yet"));
        } else {
            attempt(first);
        }
    }

    @Override
    public void ready(ReceiverConnection connection) {
        if (limit() - loop.now() <= 0) {
            at().giveBack(connection);
            conclude(new Ending.Unreached("the connection came when the time was up"));
            return;
        }
        ByteBuf head;
        try {
            head = at().head().of(write, connection.allocator());
        } catch (OutOfMemoryError spent) {
            // Direct memory can be spent while the heap is not; the write must end all the same.
            connection.close();
            conclude(new Ending.Unreached("there is no direct memory for the request"));
            return;
        }
        connection.exchange(head, body, limit(), this::ended);
    }

    @Override
    public void unreached(String why) {
        conclude(new Ending.Unreached(why));
    }

    private void attempt(Receiver receiver) {
        Pool here = loop.pool(receiver);
        pool = here;
        begun = loop.now();
        write.asking().accept(receiver.label());
        receiver.begin(size);
        ReceiverConnection connection = here.takeIdle();
        kept = connection != null;
        if (connection != null) {
            ready(connection);
        } else {
            dial();
        }
    }

    private void dial() {
        long connectLimit = loop.now() + loop.settings().connect().toNanos();
        long limit = limit();
        at().dial(limit - connectLimit < 0 ? limit : connectLimit, this);
    }

    private void ended(Ending ending) {
        if (kept && ending instanceof Ending.Cut(boolean silent, String why) && silent && !loop.isClosed()) {
            kept = false;
            dial();
        } else {
            conclude(ending);
        }
    }

    private void conclude(Ending ending) {
        Receiver receiver = at().receiver();
        receiver.end(size);
        Outcome outcome = Judgement.outcome(ending, receiver);
        long now = loop.now();
        receiver.meters().attempted(outcome, now - begun);
        Receiver other = mayRetry(ending, now) ? loop.choose(receiver) : null;
        if (other == null) {
            finish(outcome);
        } else {
            retried = true;
            loop.countRetry();
            attempt(other);
        }
    }

    private boolean mayRetry(Ending ending, long now) {
        return !retried && Judgement.deservesAnother(ending) && write.deadlineNanos() - now > 0 && !loop.isClosed();
    }

    private void finish(Outcome outcome) {
        body.release();
        done.accept(outcome);
    }

    private long limit() {
        long attemptLimit = begun + loop.settings().attempt().toNanos();
        return write.deadlineNanos() - attemptLimit < 0 ? write.deadlineNanos() : attemptLimit;
    }

    private Pool at() {
        Pool here = pool;
        if (here == null) {
            throw new IllegalStateException("no attempt has begun");
        }
        return here;
    }
}
