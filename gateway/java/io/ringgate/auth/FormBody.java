package io.ringgate.auth;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Flow;

/**
 * The body of a request that holds a secret. The HTTP client keeps a request for as long as its connection waits for the next
 * one, so the bytes are overwritten once the answer is there. Sent again from the beginning when the client tries another
 * connection. Any thread.
 */
final class FormBody implements HttpRequest.BodyPublisher {

    private final byte[] bytes;

    FormBody(String form) {
        this.bytes = form.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Flow.Subscription() {
            private boolean ended;

            @Override
            public void request(long more) {
                if (ended) {
                    return;
                }
                ended = true;
                if (more <= 0) {
                    subscriber.onError(new IllegalArgumentException("a request for nothing"));
                    return;
                }
                subscriber.onNext(ByteBuffer.wrap(bytes));
                subscriber.onComplete();
            }

            @Override
            public void cancel() {
                ended = true;
            }
        });
    }

    /** Nothing of it is needed any more. */
    void wipe() {
        Arrays.fill(bytes, (byte) 0);
    }
}
