package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.ringgate.auth.Presented;
import io.ringgate.edge.Address;
import io.ringgate.edge.EdgeName;
import io.ringgate.pipeline.Answer;
import io.ringgate.pipeline.Client;
import io.ringgate.pipeline.Write;
import io.ringgate.pipeline.WriteHead;
import io.ringgate.reject.Quoted;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.tls.ClientCertificate;
import io.ringgate.tls.ShownCertificate;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One request and its one answer: routes it, feeds a write its body, and turns what came of it into bytes. Runs on its
 * connection's event loop.
 */
final class Exchange implements Client {

    private enum Stage {
        /** Nothing of the body is wanted yet. */
        DECIDING,
        BODY,
        /** The body is whole, its answer is not there yet. */
        WAITING,
        ANSWERED
    }

    private final Loop loop;
    private final EdgeConnection connection;
    private final RequestHead head;
    private final BodyFrame frame;
    private final String requestId;
    private final @Nullable Ends ends;
    private final long startNanos;

    private Stage stage = Stage.DECIDING;
    private @Nullable Write write;
    private boolean continueOwed;

    /** The client's certificate is no good any more: it may have a new one, which it shows in a new handshake only. */
    private boolean lastHere;

    private long bodySince;
    private long bodyBytes;

    /** @param startNanos when the first byte of the request was there */
    Exchange(Loop loop, EdgeConnection connection, RequestHead head, long startNanos) {
        this.loop = loop;
        this.connection = connection;
        this.head = head;
        this.frame = BodyFrame.of(head);
        this.requestId = loop.ids().next();
        this.startNanos = startNanos;
        this.ends = ends(connection, head);
        this.continueOwed = head.expectsContinue();
    }

    /** Where the request comes from, by its connection or by a proxy that is believed; null when that one talks rubbish. */
    private static @Nullable Ends ends(EdgeConnection connection, RequestHead head) {
        TrustedProxies proxies = connection.terms.proxies();
        String header = head.forwardedFor();
        if (header == null || !proxies.believes(connection.ends().address())) {
            return connection.ends();
        }
        Address client = proxies.client(header);
        return client == null ? null : connection.ends().from(new InetSocketAddress(client.toInet(), 0));
    }

    /** The answer may be there before this returns. The health pages answer under any name, as probes call us by address. */
    void begin() {
        ListenerTerms terms = connection.terms;
        Redirect redirect = terms.redirect();
        Routes route = Routes.of(head.path());
        if (route == Routes.HEALTHY) {
            health(true);
        } else if (route == Routes.READY) {
            health(loop.conditions().ready().getAsBoolean());
        } else if (ends == null) {
            refuseHere(new Rejection.Plain(
                    Reason.BAD_FRAMING, "this is not a request that is taken here: X-Forwarded-For names no address"));
        } else if (!terms.hostNames().accept(head.host())) {
            String host = head.host() == null ? "without a name" : Quoted.of(head.host());
            refuseHere(new Rejection.Plain(
                    Reason.WRONG_HOST,
                    "this gateway does not serve the host " + host
                            + ", call it by the name or address that its operator gave you"));
        } else if (redirect != null) {
            sendOn(redirect);
        } else if (route == Routes.WRITE) {
            beginWrite(ends);
        } else {
            refuseHere(new Rejection.Plain(
                    Reason.WRONG_PATH,
                    "nothing is served at " + Quoted.of(head.path())
                            + ", writes go to /api/v1/receive, /api/v1/write or /api/v1/push"));
        }
    }

    /** To https, whatever was asked: no credential is looked at and no body is wanted. */
    private void sendOn(Redirect redirect) {
        String location = redirect.location(head);
        if (location == null) {
            refuseHere(new Rejection.Plain(
                    Reason.PLAIN_HTTP, "this port only sends clients on to https, and the request names no host"));
            return;
        }
        boolean close = closesAfter();
        loop.connections().sentOn();
        if (loop.reporter().wantsFailure()) {
            report(308, null, loop.now() - startNanos);
        }
        finish(loop.answers().sentOn(connection.alloc(), location, wish(close)), close);
    }

    /** The only answer for a client that speaks plain HTTP where TLS is spoken. */
    void beginPlainOnTls() {
        String host = head.host() == null ? "" : Quoted.of(head.host());
        refuseHere(new Rejection.Plain(
                Reason.PLAIN_HTTP, "this port takes HTTPS only, use https://" + host + Quoted.of(head.path())));
    }

    private void beginWrite(Ends from) {
        ShownCertificate shown = connection.opening.shown();
        if (shown == null) {
            beginWrite(from, null);
            return;
        }
        switch (shown.look()) {
            case NONE -> beginWrite(from, null);
            case GOOD -> beginWrite(from, shown.certificate());
            case MISSING -> refuseHere(new Rejection.Unproven(Reason.NO_CREDENTIAL));
            case BAD -> {
                lastHere = true;
                refuseHere(new Rejection.Unproven(Reason.WRONG_CREDENTIAL));
            }
        }
    }

    private void beginWrite(Ends from, @Nullable ClientCertificate certificate) {
        WriteHead writeHead = new WriteHead(
                head.method().equals("POST"),
                new Presented(head.authorization(), certificate, from.address(), from.source()),
                head.contentType(),
                head.contentEncoding(),
                head.protocolVersion(),
                head.contentLength() == RequestHead.CHUNKED ? WriteHead.CHUNKED : Math.max(0, head.contentLength()),
                requestId,
                head.trace(),
                startNanos);
        Write opened = loop.path().open(writeHead, this);
        write = opened;
        opened.identify();
        if (stage == Stage.DECIDING) {
            connection.visit.waitsForUs(loop.now());
        }
    }

    private void health(boolean good) {
        boolean get = head.method().equals("GET");
        if (get || head.method().equals("HEAD")) {
            boolean close = closesAfter();
            finish(loop.answers().health(connection.alloc(), good, get, close), close);
        } else {
            refuseHere(new Rejection.Plain(Reason.WRONG_PATH, "the health pages answer GET and HEAD"));
        }
    }

    @Override
    public void admit() {
        stage = Stage.BODY;
        bodySince = loop.now();
        try {
            if (continueOwed) {
                continueOwed = false;
                connection.send(loop.answers().continues());
            }
            connection.resume();
        } catch (RuntimeException | Error e) {
            connection.failed(e);
        }
    }

    @Override
    public int proven(EdgeName edge, int most) {
        long now = loop.now();
        connection.visit.waitsNoMore(now);
        return connection.visit.proves(edge, most, now);
    }

    boolean wantsBody() {
        return stage == Stage.BODY;
    }

    /** Feeds the write from what has arrived. True when something came of it, so that it is worth going on. */
    boolean advance(@Nullable ByteBuf in) {
        Write current = write;
        if (stage != Stage.BODY || current == null) {
            return false;
        }
        if (in != null && in.isReadable() && !frame.done()) {
            int before = in.readableBytes();
            if (!frame.take(in, current::piece)) {
                breakOff(current);
                return true;
            }
            bodyBytes += before - in.readableBytes();
        }
        if (stage == Stage.BODY && frame.done()) {
            stage = Stage.WAITING;
            current.end();
            return true;
        }
        return stage != Stage.BODY;
    }

    /** The body's framing broke: the write ends, and unless it was answered on the way this is its answer. */
    private void breakOff(Write current) {
        if (stage == Stage.BODY) {
            current.gone();
            refuseHere(new Rejection.Plain(
                    Reason.BAD_FRAMING, "this is not a request that is taken here: a chunk of the body is broken"));
        }
        connection.linger();
    }

    /** May come outside a read, from a receiver or the watchdog, where no one else closes what cannot be answered. */
    @Override
    public void answer(Answer answer) {
        try {
            switch (answer) {
                case Answer.Stored() -> stored();
                case Answer.Refused(Rejection rejection) -> refuse(rejection);
            }
        } catch (RuntimeException | Error e) {
            connection.failed(e);
        }
    }

    private void stored() {
        boolean close = closesAfter();
        long nanos = loop.now() - startNanos;
        if (loop.reporter().wantsStored(nanos)) {
            report(204, null, nanos);
        }
        finish(loop.answers().stored(close), close);
    }

    /** A refusal that the pipeline does not see, so it is counted here. */
    private void refuseHere(Rejection rejection) {
        loop.refusals().count(rejection.reason());
        refuse(rejection);
    }

    private void refuse(Rejection rejection) {
        Reason reason = rejection.reason();
        boolean close = closesAfter()
                || reason == Reason.SLOW_BODY
                || reason == Reason.BAD_FRAMING
                || reason == Reason.PLAIN_HTTP
                || reason == Reason.EDGE_CONNECTIONS;
        if (loop.reporter().wantsFailure()) {
            report(rejection.status(), rejection, loop.now() - startNanos);
        }
        finish(loop.answers().refused(connection.alloc(), rejection, requestId, wish(close)), close);
    }

    private Answers.Wish wish(boolean close) {
        return new Answers.Wish(head.acceptsJson(), head.method().equals("HEAD"), close, head.retryAttempt());
    }

    private void report(int status, @Nullable Rejection refusal, long nanos) {
        Write current = write;
        loop.reporter()
                .tell(new Served(
                        requestId,
                        current == null ? null : current.edge(),
                        (ends == null ? connection.ends() : ends).peer(),
                        connection.ends().local(),
                        Quoted.of(head.method()),
                        Quoted.of(head.path()),
                        status,
                        refusal,
                        bodyBytes,
                        current == null ? null : current.tally(),
                        current == null ? null : current.receiver(),
                        nanos));
    }

    private void finish(ByteBuf answer, boolean close) {
        connection.visit.waitsNoMore(loop.now());
        stage = Stage.ANSWERED;
        write = null;
        connection.answered(answer, frame, close);
    }

    /**
     * Whether the connection ends after the answer: the client or the gateway wants it, the rest of the body is too large
     * to read past, or nobody can tell whether it will come at all.
     */
    private boolean closesAfter() {
        return !head.keepAlive()
                || loop.conditions().draining().getAsBoolean()
                || lastHere
                || connection.retired(loop.now())
                || !connection.visit.isBelieved()
                || (continueOwed && !frame.done())
                || (!frame.done() && frame.left() > EdgeConnection.MOST_SWALLOWED);
    }

    /** Ends a body that comes too slowly, and a write whose sender is still not known when its time is over. */
    void look(long now) {
        Write current = write;
        if (stage == Stage.DECIDING
                && current != null
                && now - startNanos > loop.times().writeDeadline().toNanos()) {
            current.tooSlow(new Rejection.Plain(
                    Reason.DEADLINE, "the credential could not be checked in time, nothing was stored"));
        } else if (stage == Stage.BODY && current != null) {
            Rejection slow = SlowBody.judge(
                    loop.times(), now - startNanos, now - bodySince, bodyBytes, current::othersNeedItsMemory);
            if (slow != null) {
                current.tooSlow(slow);
            }
        }
    }

    /** The connection is gone. */
    void gone() {
        Write current = write;
        if (current != null && loop.reporter().wantsFailure()) {
            report(Served.CLIENT_GONE, null, loop.now() - startNanos);
        }
        write = null;
        stage = Stage.ANSWERED;
        if (current != null) {
            current.gone();
        }
    }
}
