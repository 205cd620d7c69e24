package io.ringgate.http;

import io.ringgate.http.framing.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * Where a listener without TLS sends its clients: to the same host, path and query, by https.
 *
 * @param port the https port as clients reach it
 */
public record Redirect(int port) {

    private static final int USUAL_PORT = 443;

    /** The URL, or null when the request names no host. */
    @Nullable
    String location(RequestHead head) {
        String host = head.host() == null ? null : HostNames.host(head.host());
        if (host == null) {
            return null;
        }
        String path = head.path().startsWith("/") ? head.path() : "/";
        return "https://" + host + (port == USUAL_PORT ? "" : ":" + port) + path + head.query();
    }
}
