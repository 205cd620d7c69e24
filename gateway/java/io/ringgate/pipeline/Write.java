package io.ringgate.pipeline;

import io.netty.buffer.ByteBuf;
import io.ringgate.auth.Verdict;
import io.ringgate.config.Policy;
import io.ringgate.edge.Edge;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.Outgoing;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.wire.SeriesLimits;
import io.ringgate.wire.Tally;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One write on its way: identify, admit, read, code, send, answer, in this order and on one event loop.
 *
 * <p>What it holds it gives back in {@link #settle}, the only place, whichever way it ends: its place among the edge's
 * writes, its memory and its body. A client that goes away ends it at once, except while the codec or the receivers have
 * the body: then it ends when they are done.
 */
public final class Write {

    private static final Logger LOG = LoggerFactory.getLogger(Write.class);

    /** A message above this is coded on another thread, so that one sender cannot hold the loop. */
    static final int BIG = 2 << 20;

    private static final int TOO_LARGE = 413;

    private enum Stage {
        IDENTIFYING,
        READING,
        CODING,
        SENDING,
        SETTLED
    }

    private final WritePath path;
    private final WritePath.Shared shared;
    private final WriteHead head;
    private final Client client;

    private Stage stage = Stage.IDENTIFYING;
    private boolean clientGone;
    private @Nullable Lane lane;
    private @Nullable Allowance allowance;
    private @Nullable Body body;
    private @Nullable Tally tally;
    private @Nullable String receiver;

    Write(WritePath path, WriteHead head, Client client) {
        this.path = path;
        this.shared = path.shared();
        this.head = head;
        this.client = client;
    }

    /** Begins. The client may get its answer, or be asked for the body, before this returns. */
    public void identify() {
        shared.authenticator().identify(head.presented()).onComplete(found -> {
            if (stage != Stage.IDENTIFYING) {
                return;
            }
            if (found.failed()) {
                LOG.error("an authenticator failed instead of refusing", found.cause());
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
        Lane found = shared.lanes().of(edge);
        Allowance held = new Allowance(found.account(), shared.clock());
        lane = found;
        allowance = held;
        Rejection refusal =
                held.connections(client.proven(edge.name(), held.terms().enforcedCount(Limit.MAX_CONNECTIONS)));
        if (refusal == null) {
            refusal = Admission.beforeBody(edge, held, head, path);
        }
        if (refusal == null) {
            refusal = enter(edge, held);
        }
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        body = new Body(shared, found, held, head);
        client.admit();
    }

    /** Takes the write's place and its tokens. */
    private @Nullable Rejection enter(Edge edge, Allowance held) {
        int count = shared.concurrency().enter(edge.name(), held.terms().enforced(Limit.MAX_CONCURRENT_WRITES));
        if (count > 0) {
            stage = Stage.READING;
        }
        Rejection refusal = held.writes(count);
        return refusal == null ? held.request(head.contentLength()) : refusal;
    }

    /** Takes all readable bytes of {@code piece}, which stays the caller's; of a write that has ended they are dropped. */
    public void piece(ByteBuf piece) {
        Rejection refusal = stage == Stage.READING && body != null ? body.take(piece) : null;
        piece.skipBytes(piece.readableBytes());
        if (refusal != null) {
            refuse(refusal);
        }
    }

    /** The body is whole. */
    public void end() {
        if (stage != Stage.READING || body == null || lane == null) {
            return;
        }
        Rejection refusal = body.finish();
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        lane.received(body.packed());
        stage = Stage.CODING;
        if (body.unpacked() <= BIG) {
            CodedBody coded = body.code(path.codec(), seriesLimits());
            coded(coded);
        } else {
            codeElsewhere(body, seriesLimits());
        }
    }

    private SeriesLimits seriesLimits() {
        return allowance().terms().series(shared.wallClock().getAsLong());
    }

    /** The body belongs to the job until it comes back to this loop, even when the client has gone meanwhile. */
    private void codeElsewhere(Body job, SeriesLimits limits) {
        shared.bigJobs().execute(() -> {
            CodedBody coded = job.code(shared.newCodec().get(), limits);
            path.loop().execute(() -> coded(coded));
        });
    }

    private void coded(CodedBody coded) {
        if (clientGone) {
            coded.release();
            settle();
            return;
        }
        switch (coded) {
            case CodedBody.Unusable(Rejection rejection) -> refuse(rejection);
            case CodedBody.Usable(Tally tally, ByteBuf packed) -> send(tally, packed);
        }
    }

    private void send(Tally tally, ByteBuf packed) {
        Lane known = known();
        this.tally = tally;
        known.seen(tally);
        Rejection tooMuch = allowance().content(tally);
        if (tooMuch != null) {
            packed.release();
            refuse(tooMuch);
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
            stage = Stage.SENDING;
            if (body != null) {
                body.keepOnly(packed.readableBytes());
            }
            Outgoing outgoing = new Outgoing(
                    packed, known.edge().tenant(), head.requestId(), head.trace(), deadline, asked -> receiver = asked);
            try {
                path.forwarder().send(outgoing, outcome -> sent(outcome, tally));
            } catch (RuntimeException | Error e) {
                LOG.error("the forwarder failed on request {}", head.requestId(), e);
                sent(new Outcome.Failed("the gateway failed on this write and its log says why"), tally);
            }
        }
    }

    private void sent(Outcome outcome, Tally tally) {
        if (stage != Stage.SENDING) {
            return;
        }
        if (outcome instanceof Outcome.Stored) {
            known().accepted(tally);
            shared.counts().edges().accepted(known().edge().name());
            conclude(tally);
        } else {
            String why = Outcomes.complaint(outcome);
            if (why != null) {
                String tenant = known().edge().tenant().value();
                path.complaints()
                        .about(head.requestId(), tenant, why, shared.clock().getAsLong());
            }
            refuse(path.outcomes().refusal(outcome));
        }
    }

    /** Everything that could be stored is stored: the answer depends only on what was not. */
    private void conclude(Tally tally) {
        if (tally.refusedSeries() > 0) {
            String fault = tally.firstFault();
            refuse(new Rejection.SomeSeries(
                    tally.refusedSeries(), tally.series(), fault == null ? "see the gateway's metrics" : fault));
            return;
        }
        shared.counts().duration().record(shared.clock().getAsLong() - head.startNanos());
        finish(new Answer.Stored());
    }

    /** Too slow, or past its deadline, while its credential was checked or its body was still coming. */
    public void tooSlow(Rejection rejection) {
        if (stage == Stage.IDENTIFYING || stage == Stage.READING) {
            refuse(rejection);
        }
    }

    /** Whether nobody knows yet whose write it is. */
    public boolean isIdentifying() {
        return stage == Stage.IDENTIFYING;
    }

    /** Whether it was admitted and its body is not whole yet. */
    public boolean wantsBody() {
        return stage == Stage.READING;
    }

    /** Whether its body holds memory that other edges were refused just now. */
    public boolean othersNeedItsMemory() {
        Body held = body;
        return held != null
                && held.isReserved()
                && shared.budget()
                        .othersAreShort(known().edge().name(), shared.clock().getAsLong());
    }

    /** The client is gone: nobody waits for an answer. */
    public void gone() {
        clientGone = true;
        if (stage == Stage.IDENTIFYING) {
            stage = Stage.SETTLED;
        } else if (stage == Stage.READING) {
            settle();
        }
    }

    private void refuse(Rejection rejection) {
        Allowance held = allowance;
        boolean asked = stage == Stage.SENDING;
        if (held == null) {
            count(rejection);
            finish(new Answer.Refused(rejection));
            return;
        }
        if (rejection.retryable() && asked) {
            held.comesAgain();
        } else if (!asked && (rejection.retryable() || rejection.status() == TOO_LARGE)) {
            held.refused(bytesRead());
        }
        allowance = null;
        count(rejection);
        int delayed = held.terms().delayStatus();
        boolean asUsual = rejection.status() != Policy.DEFAULT_DELAY_STATUS || delayed == Policy.DEFAULT_DELAY_STATUS;
        finish(new Answer.Refused(asUsual ? rejection : new Rejection.WithStatus(rejection, delayed)));
    }

    private void count(Rejection rejection) {
        Lane known = lane;
        if (known == null) {
            shared.counts().refusals().count(rejection.reason());
        } else {
            Edge edge = known.edge();
            shared.counts().refusals().count(rejection.reason(), edge.tenant().value());
            shared.counts().edges().refused(edge.name(), rejection, head.requestId());
        }
    }

    private void finish(Answer answer) {
        settle();
        if (!clientGone) {
            client.answer(answer);
        }
    }

    private void settle() {
        Stage before = stage;
        stage = Stage.SETTLED;
        Allowance unanswered = clientGone && before != Stage.SENDING ? allowance : null;
        allowance = null;
        if (unanswered != null) {
            unanswered.abandoned(bytesRead());
        }
        Body held = body;
        body = null;
        if (held != null) {
            held.release();
        }
        if (before == Stage.READING || before == Stage.CODING || before == Stage.SENDING) {
            shared.concurrency().leave(known().edge().name());
        }
    }

    private long bytesRead() {
        Body held = body;
        return held == null ? 0 : held.read();
    }

    /** Whose write it is; null until the credential has shown it. */
    public @Nullable Edge edge() {
        Lane known = lane;
        return known == null ? null : known.edge();
    }

    /** What is in it; null until the body is read. */
    public @Nullable Tally tally() {
        return tally;
    }

    /** The label of the receiver that was asked last; null when none was. */
    public @Nullable String receiver() {
        return receiver;
    }

    private Allowance allowance() {
        Allowance held = allowance;
        if (held == null) {
            throw new IllegalStateException("a write went on after its end");
        }
        return held;
    }

    private Lane known() {
        Lane known = lane;
        if (known == null) {
            throw new IllegalStateException("a write without an edge came past admission");
        }
        return known;
    }
}
