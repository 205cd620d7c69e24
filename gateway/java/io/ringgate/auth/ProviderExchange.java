package io.ringgate.auth;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One request to a provider until its answer is read, as the codec of the answer's body. It ends early when it is aborted, or
 * when the body is larger than allowed: then the connection is closed, since the rest of the body would follow on it.
 *
 * <pre>
 *   waits for a connection --> is sent --> body is read --> answer
 *            `-------------------+--------------+---------> aborted, connection closed
 * </pre>
 *
 * The Web Client writes to it on the event loop of the request; any thread aborts it.
 */
final class ProviderExchange implements BodyCodec<String>, BodyStream<String> {

    private final int largestBody;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Promise<String> body = Promise.promise();
    private final Promise<ProviderClient.Reply> reply = Promise.promise();

    // Under this object's lock:
    private @Nullable HttpClientRequest request;
    private @Nullable Throwable fault;

    ProviderExchange(int largestBody) {
        this.largestBody = largestBody;
    }

    /**
     * What the Web Client calls between the steps of each request. It is not public there, but nothing else shows the request
     * while its answer is read, and without it an answer cannot be cut off.
     */
    static void intercept(HttpContext<?> context) {
        if (context.phase() == ClientPhase.SEND_REQUEST
                && context.request().bodyCodec() instanceof ProviderExchange exchange) {
            Throwable fault = exchange.start(context.clientRequest());
            if (fault != null) {
                context.fail(fault);
                return;
            }
        }
        context.next();
    }

    /** There is a connection. Not null for an exchange that was aborted before: nothing is sent then. */
    private synchronized @Nullable Throwable start(HttpClientRequest begun) {
        // Without a handler Vert.x logs each request that is reset before it is sent as an error.
        begun.exceptionHandler(known -> {});
        request = begun;
        return fault;
    }

    /** The answer, or why there is none. Fails at once when the exchange is aborted, whatever the Web Client waits for. */
    Future<ProviderClient.Reply> reply() {
        return reply.future();
    }

    /** The Web Client has ended it. */
    void finish(AsyncResult<HttpResponse<String>> ended) {
        if (ended.succeeded()) {
            HttpResponse<String> answer = ended.result();
            String type = answer.getHeader("Content-Type");
            reply.tryComplete(new ProviderClient.Reply(answer.statusCode(), type == null ? "" : type, answer.body()));
        } else {
            reply.tryFail(plain(ended.cause()));
        }
    }

    /** Netty has subclasses of its own for connections that fail; logs name the JDK's. */
    private static Throwable plain(Throwable fault) {
        return fault instanceof ConnectException ? new ConnectException(fault.getMessage()) : fault;
    }

    /** Ends it, and closes its connection. Does nothing after the first time, or when the answer has been read. */
    void abort(Throwable cause) {
        HttpClientRequest open;
        synchronized (this) {
            if (fault != null || body.future().isComplete()) {
                return;
            }
            fault = cause;
            open = request;
        }
        reply.tryFail(cause);
        body.tryFail(cause);
        if (open != null) {
            open.reset(0, cause);
        }
    }

    @Override
    public BodyStream<String> stream() {
        return this;
    }

    @Override
    public Future<String> result() {
        return body.future();
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        if (chunk.length() > largestBody - bytes.size()) {
            abort(new InvalidDocument("sends more than " + largestBody + " bytes"));
        }
        if (body.future().isComplete()) {
            return Future.succeededFuture();
        }
        bytes.writeBytes(chunk.getBytes());
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        body.tryComplete(bytes.toString(StandardCharsets.UTF_8));
        return Future.succeededFuture();
    }

    /** The answer broke off. */
    @Override
    public void handle(Throwable cause) {
        body.tryFail(cause);
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    /** It takes what comes up to its cap, so it is never full. */
    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int most) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}
