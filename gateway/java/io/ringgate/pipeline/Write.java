package io.ringgate.pipeline;

import io.netty.buffer.ByteBuf;
import io.ringgate.auth.Verdict;
import io.ringgate.edge.Edge;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.OutgoingWrite;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.wire.SeriesLimits;
import io.ringgate.wire.WriteCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One write on its way: identify, admit, read, code, send, answer, in this order and on one event loop.
 *
 * <pre>
 *   Identifying ──▶ Admitting ──▶ Reading ──▶ Coding ──▶ Sending ──▶ Ended
 *        │              │             │           │          │          ▲
 *        └──────────────┴─────────────┴───────────┴──────────┴──────────┘  refused, or its client went away
 * </pre>
 *
 * <p>While {@code Admitting} it may wait for memory, see {@link WriteAdmission}. From {@code Reading} on a state holds an
 * {@link AdmittedWrite}. {@link #end} is the only place that gives back what a state holds, whichever way the write ends. A
 * client that goes away ends it at once, except while the codec or the receivers have the body: then it ends when they are
 * done.
 */
public final class Write {

    private static final Logger LOG = LoggerFactory.getLogger(Write.class);

    /** A message above this is coded on another thread, so that one sender cannot hold the loop. */
    static final int BIG = 2 << 20;

    /** Where the write is, with what it holds there. */
    private sealed interface State {

        /** Its credential is being verified. */
        record Identifying() implements State {}

        /** It determines what memory it needs, and may wait for it. */
        record Admitting(WriteAdmission admission) implements State {}

        /** Its body is coming. */
        record Reading(AdmittedWrite write) implements State {}

        /** The codec has its body, perhaps on another thread. */
        record Coding(AdmittedWrite write) implements State {}

        /** The receivers have it. */
        record Sending(AdmittedWrite write) implements State {}

        record Ended() implements State {}
    }

    private static final State IDENTIFYING = new State.Identifying();
    private static final State ENDED = new State.Ended();

    private final WritePath path;
    private final WritePath.Shared shared;
    private final WriteHead head;
    private final WriteClient client;
    private final WriteFacts facts = new WriteFacts();
    private State state = IDENTIFYING;
    private boolean clientGone;

    Write(WritePath path, WriteHead head, WriteClient client) {
        this.path = path;
        this.shared = path.shared();
        this.head = head;
        this.client = client;
    }

    /** Begins. The client may get its answer, or be asked for the body, before this returns. */
    public void identify() {
        shared.authenticator().identify(head.presented()).onComplete(found -> {
            if (!isIdentifying()) {
                return;
            }
            if (found.failed()) {
                LOG.atError()
                        .addKeyValue("request_id", head.requestId())
                        .setCause(found.cause())
                        .log("authentication failed with an error");
                refuse(new Rejection.Plain(Reason.PROOF_UNAVAILABLE, "the credential cannot be checked now"));
                return;
            }
            switch (found.result()) {
                case Verdict.Known known -> admit(known.edge());
                case Verdict.Refused(Rejection rejection) -> refuse(rejection);
            }
        });
    }

    private void admit(Edge edge) {
        shared.counts().sources().saw(head.presented().source(), edge.name());
        EdgeContext context = shared.contexts().of(edge);
        facts.isOf(context);
        switch (Admission.of(context, head, path, client)) {
            case Admission.Refused(Rejection rejection) -> refuse(rejection);
            case Admission.Accepted(RequestedWrite write) -> {
                WriteAdmission admission = new WriteAdmission(this, client, path, write);
                state = new State.Admitting(admission);
                admission.begin();
                if (wantsBody()) {
                    client.wantBody();
                }
            }
        }
    }

    /** It has its memory and its place. */
    void admitted(AdmittedWrite write) {
        state = new State.Reading(write);
    }

    /** How many bytes of the body it takes now. */
    public int wants() {
        return switch (state) {
            case State.Admitting(WriteAdmission admission) -> admission.wants();
            case State.Reading reading -> Integer.MAX_VALUE;
            default -> 0;
        };
    }

    /** Takes all readable bytes of {@code piece}, which stays the caller's; of a write that has ended they are dropped. */
    public void piece(ByteBuf piece) {
        switch (state) {
            case State.Admitting(WriteAdmission admission) -> admission.piece(piece);
            case State.Reading(AdmittedWrite write) -> {
                Rejection refusal = write.body().take(piece);
                if (refusal != null) {
                    refuse(refusal);
                }
            }
            default -> {} // It has ended.
        }
        piece.skipBytes(piece.readableBytes());
    }

    /** The body is whole. */
    public void bodyEnded() {
        switch (state) {
            case State.Admitting(WriteAdmission admission) ->
                refuse(admission.write().preface().endedEarly());
            case State.Reading(AdmittedWrite write) -> {
                Rejection refusal = write.body().finish();
                if (refusal == null) {
                    code(write);
                } else {
                    refuse(refusal);
                }
            }
            default -> {} // It has ended.
        }
    }

    private void code(AdmittedWrite write) {
        WriteBody body = write.body();
        write.edge().received(body.read());
        state = new State.Coding(write);
        SeriesLimits limits =
                write.allowance().limits().series(shared.wallClock().getAsLong());
        if (body.unpacked() <= BIG) {
            coded(write, path.code(body, limits));
        } else {
            codeElsewhere(write, limits);
        }
    }

    /** The body belongs to the job until it comes back to this loop, even when the client has gone meanwhile. */
    private void codeElsewhere(AdmittedWrite write, SeriesLimits limits) {
        shared.bigJobs().execute(() -> {
            CodedBody coded = shared.codecs().code(write.body(), limits, write::needsOnly);
            path.loop().execute(() -> coded(write, coded));
        });
    }

    private void coded(AdmittedWrite write, CodedBody coded) {
        if (clientGone) {
            coded.release();
            write.abandoned();
            end();
            return;
        }
        switch (coded) {
            case CodedBody.Unusable(Rejection rejection) -> refuse(rejection);
            case CodedBody.Usable(WriteCounts tally, ByteBuf packed) -> send(write, tally, packed);
        }
    }

    private void send(AdmittedWrite write, WriteCounts tally, ByteBuf packed) {
        facts.contains(tally);
        boolean comesAgain = tally.refusedByTime() > 0
                && tally.timeGaps().closeWith(shared.clockDoubt().getAsLong());
        if (!comesAgain) {
            write.edge().seen(tally, shared.clock().getAsLong());
        }
        Rejection refusal = write.allowance().content(tally);
        if (refusal == null && comesAgain) {
            refusal = clockInDoubt(tally);
        }
        if (refusal != null) {
            packed.release();
            refuse(refusal);
            return;
        }
        long deadline = head.startNanos() + shared.limits().deadline().toNanos();
        if (tally.empty() || (tally.series() > 0 && tally.series() == tally.refusedSeries())) {
            packed.release();
            conclude(tally);
        } else if (shared.clock().getAsLong() - deadline >= 0) {
            packed.release();
            refuse(new Rejection.Plain(Reason.DEADLINE, "this write took too long to arrive, nothing was stored"));
        } else {
            state = new State.Sending(write);
            write.keepOnly(packed.readableBytes());
            OutgoingWrite outgoing = new OutgoingWrite(
                    packed, write.edge().edge().tenant(), head.requestId(), head.trace(), deadline, facts::asks);
            try {
                path.forwarder().send(outgoing, outcome -> sent(write, outcome, tally));
            } catch (RuntimeException | Error e) {
                LOG.atError()
                        .addKeyValue("edge", write.edge().edge().name())
                        .addKeyValue("request_id", head.requestId())
                        .setCause(e)
                        .log("write failed in the forwarder");
                sent(write, new Outcome.Failed("the gateway failed on this write and its log says why"), tally);
            }
        }
    }

    /** A sender that is refused because of a wrong clock would lose samples for good, so it is to send the whole write again. */
    private static Rejection clockInDoubt(WriteCounts tally) {
        return new Rejection.Plain(
                Reason.CLOCK_IN_DOUBT,
                tally.refusedByTime() + " of " + tally.series()
                        + " series are too old or too new by the gateway's clock, which is not the receivers':"
                        + " nothing was stored, send the write again");
    }

    private void sent(AdmittedWrite write, Outcome outcome, WriteCounts tally) {
        if (!(state instanceof State.Sending)) {
            return;
        }
        Edge edge = write.edge().edge();
        if (outcome instanceof Outcome.Stored) {
            write.edge().accepted(tally, write.body().read());
            conclude(tally);
            return;
        }
        String why = outcome.cause();
        if (why != null) {
            path.failedWrites()
                    .write(
                            head.requestId(),
                            edge.tenant().value(),
                            why,
                            shared.clock().getAsLong());
        }
        refuse(outcome.refusal(shared.limits().dropOnReceiverLimit()));
    }

    /** All that could be stored is stored: the answer depends on what was not. */
    private void conclude(WriteCounts tally) {
        if (tally.refusedSeries() > 0) {
            String fault = tally.firstFault();
            refuse(new Rejection.SomeSeries(
                    tally.refusedSeries(), tally.series(), fault == null ? "see the gateway's metrics" : fault));
            return;
        }
        shared.counts().duration().record(shared.clock().getAsLong() - head.startNanos());
        answer(new Answer.Stored());
    }

    /** Ends it while its credential is checked or its body comes: it is too slow, or its framing is broken. */
    public void breakOff(Rejection rejection) {
        if (isIdentifying() || wantsBody()) {
            refuse(rejection);
        }
    }

    /** Whether its credential is still being verified. */
    public boolean isIdentifying() {
        return state instanceof State.Identifying;
    }

    /** Whether its body may come in large pieces: it has its memory. */
    public boolean readsBody() {
        return state instanceof State.Reading;
    }

    /** Whether its body, or its beginning, is wanted now. */
    public boolean wantsBody() {
        return state instanceof State.Reading
                || (state instanceof State.Admitting(WriteAdmission admission) && !admission.isWaiting());
    }

    /** Whether it waits for memory or a place. */
    public boolean isWaiting() {
        return state instanceof State.Admitting(WriteAdmission admission) && admission.isWaiting();
    }

    /** Ends a wait for memory that took as long as it may. */
    public void checkWait(long now) {
        if (state instanceof State.Admitting(WriteAdmission admission)) {
            admission.checkWait(now);
        }
    }

    /** Whether its body holds memory that other edges were refused just now. */
    public boolean othersNeedItsMemory() {
        return state instanceof State.Reading(AdmittedWrite write) && write.othersNeedItsMemory();
    }

    public WriteFacts facts() {
        return facts;
    }

    /** The client has gone: there is nobody to answer. */
    public void gone() {
        clientGone = true;
        switch (state) {
            case State.Identifying identifying -> state = ENDED;
            case State.Admitting(WriteAdmission admission) -> {
                admission.write().abandoned();
                end();
            }
            case State.Reading(AdmittedWrite write) -> {
                write.abandoned();
                end();
            }
            // It ends when the codec or the receivers are done with its body.
            case State.Coding coding -> {}
            case State.Sending sending -> {}
            case State.Ended ended -> {}
        }
    }

    void refuse(Rejection rejection) {
        count(rejection);
        switch (state) {
            case State.Admitting(WriteAdmission admission) -> {
                admission.write().refused(rejection);
                answer(refused(admission.write().allowance(), rejection));
            }
            case State.Reading(AdmittedWrite write) -> refuse(write, rejection);
            case State.Coding(AdmittedWrite write) -> refuse(write, rejection);
            case State.Sending(AdmittedWrite write) -> {
                write.failed(rejection);
                answer(refused(write.allowance(), rejection));
            }
            case State.Identifying identifying -> answer(new Answer.Refused(rejection));
            case State.Ended ended -> throw new IllegalStateException("a write that has ended was refused");
        }
    }

    private void refuse(AdmittedWrite write, Rejection rejection) {
        write.refused(rejection);
        answer(refused(write.allowance(), rejection));
    }

    private static Answer refused(Allowance allowance, Rejection rejection) {
        return new Answer.Refused(allowance.limits().asAnswered(rejection));
    }

    private void count(Rejection rejection) {
        EdgeContext context = facts.context();
        if (context == null) {
            shared.counts().refusals().count(rejection.reason());
        } else {
            Edge edge = context.edge();
            shared.counts().refusals().count(rejection.reason(), edge.tenant().value());
            context.runtime().refused(rejection, head.requestId());
        }
    }

    private void answer(Answer answer) {
        end();
        if (!clientGone) {
            client.answer(answer);
        }
    }

    private void end() {
        State last = state;
        state = ENDED;
        switch (last) {
            case State.Reading(AdmittedWrite write) -> write.release();
            case State.Coding(AdmittedWrite write) -> write.release();
            case State.Sending(AdmittedWrite write) -> write.release();
            case State.Admitting(WriteAdmission admission) -> admission.end();
            case State.Identifying identifying -> {} // It held nothing.
            case State.Ended ended -> {}
        }
    }
}
