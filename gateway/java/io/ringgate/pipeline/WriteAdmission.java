package io.ringgate.pipeline;

import io.netty.buffer.ByteBuf;
import io.ringgate.limits.AdmissionQueue;
import io.ringgate.limits.Grant;
import io.ringgate.reject.Rejection;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A write between its head and its body: it determines what memory it needs, and waits for that and for a place.
 *
 * <pre>
 *   Measuring ──▶ Waiting ──▶ admitted
 *       └── memory is free ──────▲
 *
 *   Waiting ──▶ Granted ──▶ admitted               a client that expects 100 Continue is measured here
 * </pre>
 *
 * <p>The need is known when the first bytes of the body are there; the rest stays unread meanwhile. A client that waits for
 * {@code 100 Continue} sends none before: it gets the most that its body may need first, and gives back what is too much. On
 * the write's event loop, but for the calls of the queue.
 */
final class WriteAdmission {

    private sealed interface State {

        record Measuring() implements State {}

        /** @param next is run with what is granted */
        record Waiting(AdmissionQueue.Ticket ticket, Consumer<Grant> next) implements State {}

        /** It has what it asked for, and no body to hold it yet. */
        record Granted(Grant grant) implements State {}

        record Over() implements State {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(WriteAdmission.class);

    private static final State OVER = new State.Over();

    private final Write owner;
    private final WriteClient client;
    private final WritePath path;
    private final WritePath.Shared shared;
    private final RequestedWrite write;
    private State state = new State.Measuring();

    /**
     * @param owner gets the admitted write or the refusal
     * @param client of it
     */
    WriteAdmission(Write owner, WriteClient client, WritePath path, RequestedWrite write) {
        this.owner = owner;
        this.client = client;
        this.path = path;
        this.shared = path.shared();
        this.write = write;
    }

    /** The owner may be called before this returns. */
    void begin() {
        if (write.head().expectsContinue()) {
            ask(write.preface().mostNeed(), grant -> state = new State.Granted(grant));
        }
    }

    RequestedWrite write() {
        return write;
    }

    /** How many bytes of the body it takes now. */
    int wants() {
        return state instanceof State.Measuring || state instanceof State.Granted
                ? write.preface().wants()
                : 0;
    }

    boolean isWaiting() {
        return state instanceof State.Waiting;
    }

    /** Takes all readable bytes, which are no more than it {@link #wants}. */
    void piece(ByteBuf piece) {
        switch (write.preface().take(piece)) {
            case BodyPreface.Reading.Incomplete incomplete -> {} // The next piece tells more.
            case BodyPreface.Reading.Refused(Rejection rejection) -> owner.refuse(rejection);
            case BodyPreface.Reading.Complete(long unpacked, long need) -> measured(unpacked, need);
        }
    }

    private void measured(long unpacked, long need) {
        if (state instanceof State.Granted(Grant grant)) {
            grant.shrinkTo(need, now());
            admitted(unpacked, grant);
        } else {
            ask(need, grant -> admitted(unpacked, grant));
        }
    }

    /** Until the body has its buffer the grant is held here: where there is none, it is given back. */
    private void admitted(long unpacked, Grant grant) {
        state = new State.Granted(grant);
        AdmittedWrite admitted = new AdmittedWrite(write, unpacked, grant);
        state = OVER;
        owner.admitted(admitted);
    }

    private void ask(long need, Consumer<Grant> next) {
        switch (shared.admissions().ask(write.demand(need), new Waiter(), now())) {
            case Grant grant -> {
                write.allowance().writes(grant.underWay());
                next.accept(grant);
            }
            case AdmissionQueue.Reply.Waiting(AdmissionQueue.Ticket ticket) -> state = new State.Waiting(ticket, next);
            case AdmissionQueue.Reply.Full full -> owner.refuse(RequestedWrite.crowdedOut());
        }
    }

    /** Called by whoever gives something back, on any thread. */
    private final class Waiter implements AdmissionQueue.Waiter {

        @Override
        public void granted(Grant grant) {
            path.loop().execute(() -> goOn(grant));
        }

        @Override
        public boolean isConnected() {
            return client.isConnected();
        }

        @Override
        public void disconnected() {
            path.loop().execute(client::disconnected);
        }

        @Override
        public void crowdedOut() {
            path.loop().execute(() -> {
                if (state instanceof State.Waiting(AdmissionQueue.Ticket ticket, Consumer<Grant> next)) {
                    waited(ticket, now(), false);
                    owner.refuse(RequestedWrite.crowdedOut());
                }
            });
        }
    }

    /** The wait is over. A write that has ended meanwhile gives back what it got. */
    private void goOn(Grant grant) {
        if (state instanceof State.Waiting(AdmissionQueue.Ticket ticket, Consumer<Grant> next)) {
            waited(ticket, now(), true);
            write.allowance().writes(grant.underWay());
            if (accepts(next, grant)) {
                client.wantBody();
            }
        } else {
            shared.counts().unusedGrants().increment();
            grant.release(now());
        }
    }

    /** Outside a read nobody else would end a write that cannot go on. */
    private boolean accepts(Consumer<Grant> next, Grant grant) {
        try {
            next.accept(grant);
            return true;
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("edge", write.edge().edge().name())
                    .addKeyValue("request_id", write.head().requestId())
                    .setCause(e)
                    .log("write failed after its wait");
            owner.refuse(WriteBody.failed());
            return false;
        }
    }

    /** Ends a wait that took as long as it may. */
    void checkWait(long now) {
        if (state instanceof State.Waiting(AdmissionQueue.Ticket ticket, Consumer<Grant> next) && isOver(ticket, now)) {
            Rejection why = write.waitedInVain();
            if (ticket.cancel(now)) {
                waited(ticket, now, false);
                owner.refuse(why);
            }
        }
    }

    /** Counts a wait that has ended while its client was there. */
    private void waited(AdmissionQueue.Ticket ticket, long now, boolean granted) {
        long nanos = ticket.waitedNanos(now);
        shared.counts().waits().record(nanos);
        write.edge().runtime().waited(nanos, granted);
    }

    private boolean isOver(AdmissionQueue.Ticket ticket, long now) {
        return ticket.waitedNanos(now) >= shared.limits().admissionWait().toNanos()
                || now - write.head().startNanos() >= shared.limits().deadline().toNanos();
    }

    /** The write ends before it was admitted: gives back what it holds. */
    void end() {
        State last = state;
        state = OVER;
        switch (last) {
            case State.Waiting waiting -> waiting.ticket().cancel(now());
            case State.Granted(Grant grant) -> grant.release(now());
            case State.Measuring measuring -> {} // It holds nothing.
            case State.Over over -> {}
        }
    }

    private long now() {
        return shared.clock().getAsLong();
    }
}
