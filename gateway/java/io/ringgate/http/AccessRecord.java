package io.ringgate.http;

import io.ringgate.edge.Edge;
import io.ringgate.http.connections.Endpoints;
import io.ringgate.reject.Rejection;
import io.ringgate.wire.WriteCounts;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The entry of the access log for one request that has ended. Has no credential, and nothing of the client's that is longer
 * than 200 bytes.
 *
 * @param edge absent when nobody was authenticated
 * @param source the address of the client
 * @param listener the address that it connected to
 * @param method absent, like {@code path}, when the request could not be read; both already quoted
 * @param status as answered, or {@link #CLIENT_GONE}
 * @param refusal absent for a stored write and for a client that has gone
 * @param bytes of the body, as they were read
 * @param content absent when the body was not read
 * @param receiver the last one that the write was sent to; absent when there was none
 * @param nanos from the first byte of the request to the answer
 */
public record AccessRecord(
        String requestId,
        @Nullable Edge edge,
        @Nullable SocketAddress source,
        @Nullable SocketAddress listener,
        @Nullable String method,
        @Nullable String path,
        int status,
        @Nullable Rejection refusal,
        long bytes,
        @Nullable WriteCounts content,
        @Nullable String receiver,
        long nanos) {

    /** The client closed its connection before it was answered. No client ever gets this status. */
    public static final int CLIENT_GONE = 499;

    /** A request that could not be read. */
    static AccessRecord unread(String requestId, Endpoints endpoints, Rejection refusal, long nanos) {
        int status = refusal.status();
        return new AccessRecord(
                requestId,
                null,
                endpoints.peer(),
                endpoints.local(),
                null,
                null,
                status,
                refusal,
                0,
                null,
                null,
                nanos);
    }

    /** A word for why it was not stored; null when it was. */
    public @Nullable String reason() {
        if (refusal != null) {
            return refusal.reason().label();
        }
        return status == CLIENT_GONE ? "client_gone" : null;
    }
}
