package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.edge.Address;
import io.ringgate.http.connections.Endpoints;
import io.ringgate.http.connections.TrustedProxies;
import io.ringgate.http.framing.BodyFrame;
import io.ringgate.http.framing.DiscardedBody;
import io.ringgate.http.framing.RequestHead;
import io.ringgate.pipeline.WriteFacts;
import io.ringgate.pipeline.WriteHead;
import io.ringgate.reject.EscapedText;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.tls.ClientCertificate;
import io.ringgate.tls.PresentedCertificate;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One request and its one answer: routes it, answers at once what is no write, and encodes the result of a write. Runs on
 * its connection's event loop.
 */
final class Exchange {

    final LoopContext loop;
    final EdgeConnection connection;
    final BodyFrame frame;
    final long startNanos;

    private final RequestHead head;
    private final String requestId;

    /** Null when a trusted proxy sent an invalid X-Forwarded-For. */
    private final @Nullable Endpoints endpoints;

    private boolean continueExpected;

    /** The client's certificate is not valid any more. It may have a new one, which needs a new handshake. */
    private boolean certificateInvalid;

    /** @param startNanos when the first byte of the request was there */
    Exchange(LoopContext loop, EdgeConnection connection, RequestHead head, long startNanos) {
        this.loop = loop;
        this.connection = connection;
        this.head = head;
        this.frame = BodyFrame.of(head);
        this.requestId = loop.ids().next();
        this.startNanos = startNanos;
        this.endpoints = endpoints(connection, head);
        this.continueExpected = head.expectsContinue();
    }

    /** Where the request comes from, by its connection or by a trusted proxy. */
    private static @Nullable Endpoints endpoints(EdgeConnection connection, RequestHead head) {
        TrustedProxies proxies = connection.settings.proxies();
        String header = head.forwardedFor();
        if (header == null
                || !proxies.trustsForwardedForOf(connection.endpoints().address())) {
            return connection.endpoints();
        }
        Address client = proxies.client(header);
        return client == null ? null : connection.endpoints().from(new InetSocketAddress(client.toInet(), 0));
    }

    /** May answer before it returns. The health pages answer under any host name, since probes use the address. */
    void begin() {
        if (connection.handshake.isPlainOnTls()) {
            refusePlainOnTls();
            return;
        }
        ListenerSettings settings = connection.settings;
        Redirect redirect = settings.redirect();
        Route route = Route.of(head.path());
        if (route == Route.HEALTHY) {
            health(true);
        } else if (route == Route.READY) {
            health(loop.conditions().ready().getAsBoolean());
        } else if (endpoints == null) {
            refuse(new Rejection.Plain(Reason.BAD_FRAMING, "malformed HTTP request: no IP address in X-Forwarded-For"));
        } else if (!settings.hostNames().accept(head.host())) {
            String host = head.host() == null ? "(no Host header)" : EscapedText.of(head.host());
            refuse(new Rejection.Plain(
                    Reason.WRONG_HOST,
                    "unknown host " + host + ": use the name or address that the operator of this gateway gave you"));
        } else if (redirect != null) {
            redirect(redirect);
        } else if (route == Route.WRITE) {
            write(endpoints);
        } else {
            refuse(new Rejection.Plain(
                    Reason.WRONG_PATH,
                    "unknown path " + EscapedText.of(head.path())
                            + ": send writes to /api/v1/receive, /api/v1/write or /api/v1/push"));
        }
    }

    /** The only answer to plain HTTP on a TLS listener. */
    private void refusePlainOnTls() {
        String host = head.host() == null ? "" : EscapedText.of(head.host());
        refuse(new Rejection.Plain(
                Reason.PLAIN_HTTP, "this port is HTTPS only: use https://" + host + EscapedText.of(head.path())));
    }

    /** To https for every path: no credential is verified and no body is read. */
    private void redirect(Redirect redirect) {
        String location = redirect.location(head);
        if (location == null) {
            refuse(new Rejection.Plain(
                    Reason.PLAIN_HTTP, "this port only redirects to https, and the request has no valid Host header"));
            return;
        }
        boolean close = closesAfter();
        loop.connections().redirected();
        if (loop.accessLog().wantsFailure()) {
            log(308, null, null, 0);
        }
        answer(loop.responses().redirect(connection.channel().alloc(), location, options(close)), close);
    }

    private void health(boolean ok) {
        boolean get = head.method().equals("GET");
        if (get || head.method().equals("HEAD")) {
            boolean close = closesAfter();
            answer(loop.responses().health(connection.channel().alloc(), ok, get, close), close);
        } else {
            refuse(new Rejection.Plain(Reason.WRONG_PATH, "unsupported method: the health pages answer GET and HEAD"));
        }
    }

    private void write(Endpoints from) {
        PresentedCertificate shown = connection.handshake.clientCertificate();
        if (shown == null) {
            write(from, null);
            return;
        }
        switch (shown.check()) {
            case NONE -> write(from, null);
            case GOOD -> write(from, shown.certificate());
            case MISSING -> refuse(new Rejection.Unauthenticated(Reason.NO_CREDENTIAL));
            case BAD -> {
                certificateInvalid = true;
                refuse(new Rejection.Unauthenticated(Reason.WRONG_CREDENTIAL));
            }
        }
    }

    private void write(Endpoints from, @Nullable ClientCertificate certificate) {
        WriteHead writeHead = new WriteHead(
                head.method().equals("POST"),
                new PresentedCredentials(head.authorization(), certificate, from.address(), from.source()),
                head.contentType(),
                head.contentEncoding(),
                head.protocolVersion(),
                head.contentLength() == RequestHead.CHUNKED ? WriteHead.CHUNKED : Math.max(0, head.contentLength()),
                requestId,
                head.trace(),
                continueExpected,
                startNanos);
        WriteExchange write = new WriteExchange(this, writeHead);
        connection.serve(write);
        write.begin();
    }

    /** The body is wanted: sends 100 Continue to a client that waits for it. */
    void sendContinue() {
        if (continueExpected) {
            continueExpected = false;
            connection.send(loop.responses().continues());
        }
    }

    /** Refuses what the pipeline does not see, so it is counted here. */
    void refuse(Rejection rejection) {
        loop.refusals().count(rejection.reason());
        refused(rejection, null, 0);
    }

    /** The answer to a request that could not be read, and the last of its connection. */
    static ByteBuf refuseUnread(LoopContext loop, EdgeConnection connection, Rejection rejection, long startNanos) {
        loop.refusals().count(rejection.reason());
        String id = loop.ids().next();
        if (loop.accessLog().wantsFailure()) {
            loop.accessLog()
                    .append(AccessRecord.unread(id, connection.endpoints(), rejection, loop.now() - startNanos));
        }
        return loop.responses()
                .refused(
                        connection.channel().alloc(),
                        rejection,
                        id,
                        new ResponseEncoder.Options(false, false, true, 0));
    }

    /** @param write null for what is no write */
    void refused(Rejection rejection, @Nullable WriteFacts write, long bodyBytes) {
        boolean close = closesAfter() || endsTheConnection(rejection.reason());
        if (loop.accessLog().wantsFailure()) {
            log(rejection.status(), rejection, write, bodyBytes);
        }
        answer(loop.responses().refused(connection.channel().alloc(), rejection, requestId, options(close)), close);
    }

    private static boolean endsTheConnection(Reason reason) {
        return switch (reason) {
            case SLOW_BODY, BAD_FRAMING, PLAIN_HTTP, EDGE_CONNECTIONS -> true;
            default -> false;
        };
    }

    void stored(WriteFacts write, long bodyBytes) {
        boolean close = closesAfter();
        if (loop.accessLog().wantsStored(loop.now() - startNanos)) {
            log(204, null, write, bodyBytes);
        }
        answer(loop.responses().stored(close), close);
    }

    private ResponseEncoder.Options options(boolean close) {
        return new ResponseEncoder.Options(
                head.acceptsJson(), head.method().equals("HEAD"), close, head.retryAttempt());
    }

    /** Writes the request to the access log. */
    void log(int status, @Nullable Rejection refusal, @Nullable WriteFacts write, long bodyBytes) {
        loop.accessLog()
                .append(new AccessRecord(
                        requestId,
                        write == null ? null : write.edge(),
                        (endpoints == null ? connection.endpoints() : endpoints).peer(),
                        connection.endpoints().local(),
                        EscapedText.of(head.method()),
                        EscapedText.of(head.path()),
                        status,
                        refusal,
                        bodyBytes,
                        write == null ? null : write.tally(),
                        write == null ? null : write.receiver(),
                        loop.now() - startNanos));
    }

    private void answer(ByteBuf answer, boolean close) {
        connection.answered(answer, frame, close);
    }

    /**
     * Whether the connection ends after the answer: the client or the gateway wants it, the rest of the body is too large
     * to discard, or nobody can tell whether it will come at all.
     */
    private boolean closesAfter() {
        return !head.keepAlive()
                || loop.conditions().draining().getAsBoolean()
                || certificateInvalid
                || connection.isPastMaxAge(loop.now())
                || !connection.slot.isProxyTrusted()
                || (continueExpected && !frame.done())
                || (!frame.done() && frame.left() > DiscardedBody.MOST_BYTES);
    }
}
