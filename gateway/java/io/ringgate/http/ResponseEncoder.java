package io.ringgate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.ringgate.limits.RetryAfter;
import io.ringgate.reject.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Encodes every response of an edge listener. The only place where a {@link Rejection} becomes HTTP. One per event loop. */
final class ResponseEncoder {

    private static final ByteBuf STORED = constant("HTTP/1.1 204 No Content\r\n\r\n");
    private static final ByteBuf STORED_CLOSE = constant("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    private static final ByteBuf CONTINUE = constant("HTTP/1.1 100 Continue\r\n\r\n");

    private final RandomGenerator random;
    private final RetryAfter retryAfter;
    private final LongSupplier clock;

    /** @param retryAfter of all event loops */
    ResponseEncoder(RandomGenerator random, RetryAfter retryAfter, LongSupplier clock) {
        this.random = random;
        this.retryAfter = retryAfter;
        this.clock = clock;
    }

    ByteBuf stored(boolean close) {
        return (close ? STORED_CLOSE : STORED).retainedDuplicate();
    }

    ByteBuf continues() {
        return CONTINUE.retainedDuplicate();
    }

    /** A health page. */
    ByteBuf health(ByteBufAllocator alloc, boolean ok, boolean withBody, boolean close) {
        String word = ok ? "OK\n" : "NOT READY\n";
        String head = "HTTP/1.1 " + (ok ? "200 OK" : "503 Service Unavailable")
                + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + word.length()
                + (close ? "\r\nConnection: close" : "") + "\r\n\r\n";
        return bytes(alloc, withBody ? head + word : head);
    }

    private int retryAfterSeconds(Rejection rejection, Options options) {
        return retryAfter.seconds(rejection.waitNanos(), options.attempt(), random, clock.getAsLong());
    }

    ByteBuf refused(ByteBufAllocator alloc, Rejection rejection, String requestId, Options options) {
        int status = rejection.status();
        int seconds = rejection.retryable() ? retryAfterSeconds(rejection, options) : 0;
        String body = options.json()
                ? RefusalText.json(rejection, requestId, seconds)
                : RefusalText.line(rejection, requestId, seconds);
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(320);
        head.append("HTTP/1.1 ").append(status).append(' ').append(phrase(status));
        head.append("\r\nContent-Type: ").append(options.json() ? "application/json" : "text/plain; charset=utf-8");
        head.append("\r\nX-Content-Type-Options: nosniff\r\nX-Request-Id: ").append(requestId);
        if (status == 401) {
            head.append("\r\nWWW-Authenticate: Basic realm=\"ringgate\", charset=\"UTF-8\"");
        }
        if (status == 405) {
            head.append("\r\nAllow: POST");
        }
        if (seconds > 0) {
            head.append("\r\nRetry-After: ").append(seconds);
        }
        if (options.close()) {
            head.append("\r\nConnection: close");
        }
        head.append("\r\nContent-Length: ").append(content.length).append("\r\n\r\n");
        ByteBuf out = alloc.directBuffer(head.length() + content.length);
        out.writeCharSequence(head, StandardCharsets.ISO_8859_1);
        return options.head() ? out : out.writeBytes(content);
    }

    /** Redirects to https, for every method: 308 keeps method and body. */
    ByteBuf redirect(ByteBufAllocator alloc, String location, Options options) {
        String text = "redirected to " + location + ": configure that URL in the sender\n";
        String head = "HTTP/1.1 308 Permanent Redirect\r\nLocation: " + location
                + "\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\nContent-Length: "
                + text.length() + (options.close() ? "\r\nConnection: close" : "") + "\r\n\r\n";
        return bytes(alloc, options.head() ? head : head + text);
    }

    /**
     * How a response is encoded.
     *
     * @param json whether the body is a JSON object
     * @param head whether the body is left out, as for HEAD
     * @param close whether the connection ends after it
     * @param attempt the sender's Retry-Attempt
     */
    record Options(boolean json, boolean head, boolean close, int attempt) {}

    private static String phrase(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 421 -> "Misdirected Request";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            default -> throw new IllegalArgumentException("no phrase for status " + status);
        };
    }

    private static ByteBuf bytes(ByteBufAllocator alloc, String text) {
        ByteBuf out = alloc.directBuffer(text.length());
        out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        return out;
    }

    private static ByteBuf constant(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
    }
}
