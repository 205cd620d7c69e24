package io.ringgate.forward.health;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/**
 * One request for a page, and the codec of its body: it keeps nothing and hands each piece to its reader. Vert.x's own
 * codecs hold a whole body, however long it is. When the reader wants no more, the connection is closed. One event loop.
 */
final class PageRequest implements BodyCodec<Void>, BodyStream<Void> {

    static final String STOPPED = "no more of the page is wanted";

    private final PageReader reader;
    private final Promise<Void> whole = Promise.promise();
    private @Nullable HttpClientRequest request;
    private boolean stopped;

    PageRequest(PageReader reader) {
        this.reader = reader;
    }

    /** Closes the connection, now or as soon as there is one. */
    void stop() {
        stopped = true;
        HttpClientRequest sent = request;
        if (sent != null) {
            sent.reset();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    void sending(HttpClientRequest sent) {
        // Without a handler Vert.x logs each request that is reset before it is sent as an error.
        sent.exceptionHandler(known -> {});
        request = sent;
        if (stopped) {
            sent.reset();
        } else {
            reader.sending();
        }
    }

    void received(HttpClientResponse answer) {
        // The end of the pipe reports that it was cut off.
        answer.exceptionHandler(cut -> {});
        if (!stopped && !reader.head(answer.statusCode(), answer.headers())) {
            stop();
        }
    }

    @Override
    public BodyStream<Void> stream() {
        return this;
    }

    @Override
    public Future<Void> write(Buffer piece) {
        if (!stopped && !reader.piece(piece)) {
            stop();
        }
        return stopped ? Future.failedFuture(STOPPED) : Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        whole.tryComplete();
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> result() {
        return whole.future();
    }

    @Override
    public void handle(Throwable cause) {
        whole.tryFail(cause);
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
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
