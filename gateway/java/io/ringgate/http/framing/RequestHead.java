package io.ringgate.http.framing;

import io.ringgate.forward.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * The head of one request after strict framing. Only headers that mean something here are kept; everything in it is
 * client input.
 *
 * @param path the target's path, without a query
 * @param query the rest of the target, with its question mark; empty when there is none
 * @param host the Host header; absent only in HTTP/1.0
 * @param contentLength the declared length, {@link #NO_BODY} or {@link #CHUNKED}
 * @param keepAlive whether the client lets the connection live after the answer
 * @param expectsContinue whether it waits for 100 before it sends the body
 * @param acceptsJson whether it named application/json as an answer it reads
 * @param forwardedFor all lines of X-Forwarded-For, joined by commas; whether it is used depends on the connection
 * @param retryAttempt how often the sender says that it repeated the request; 0 when it says nothing
 * @param trace of exactly one valid traceparent header
 */
public record RequestHead(
        String method,
        String path,
        String query,
        @Nullable String host,
        long contentLength,
        boolean keepAlive,
        boolean expectsContinue,
        boolean acceptsJson,
        @Nullable String authorization,
        @Nullable String contentType,
        @Nullable String contentEncoding,
        @Nullable String protocolVersion,
        @Nullable String forwardedFor,
        int retryAttempt,
        @Nullable TraceContext trace) {

    static final long NO_BODY = -1;
    public static final long CHUNKED = -2;

    /** Says nothing of what the client sent. */
    @Override
    public String toString() {
        return "RequestHead";
    }
}
