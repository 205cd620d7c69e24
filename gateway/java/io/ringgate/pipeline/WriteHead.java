package io.ringgate.pipeline;

import io.ringgate.auth.PresentedCredentials;
import io.ringgate.forward.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a write before its body: untrusted, except the request id and the time, which are the gateway's.
 *
 * @param post false for any other method: the credential is verified all the same
 * @param contentType as sent, absent when there was none
 * @param contentEncoding as sent, absent when there was none
 * @param protocolVersion the value of X-Prometheus-Remote-Write-Version, absent when there was none
 * @param contentLength the packed size, or {@link #CHUNKED}
 * @param trace the trace context that the sender sent, absent when there was no valid one
 * @param expectsContinue whether the client sends no byte of the body before it is told to
 * @param startNanos when its first byte was there, on the scale of {@link System#nanoTime}
 */
public record WriteHead(
        boolean post,
        PresentedCredentials presented,
        @Nullable String contentType,
        @Nullable String contentEncoding,
        @Nullable String protocolVersion,
        long contentLength,
        String requestId,
        @Nullable TraceContext trace,
        boolean expectsContinue,
        long startNanos) {

    /** The packed size is not known before the body ends. */
    public static final long CHUNKED = -1;
}
