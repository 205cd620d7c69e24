package io.ringgate.http.admin;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request to the admin listener, and the way to answer it. Every answer is sent here, so that each has the same headers
 * and ends its request. On the connection's event loop.
 *
 * @param connection null when it has ended
 */
record AdminExchange(HttpServerRequest request, @Nullable AdminConnection connection) {

    private static final String TEXT = "text/plain; charset=utf-8";

    AdminExchange header(String name, String value) {
        request.response().putHeader(name, value);
        return this;
    }

    void text(int status, String text) {
        send(status, TEXT, text);
    }

    void send(int status, String type, String body) {
        if (connection == null || request.response().closed()) {
            return;
        }
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(body)
                .onComplete(sent -> {
                    connection.endRequest();
                    // The decoder keeps the last head for as long as its connection is open, and a credential with it.
                    if (request.headers().contains("Authorization") || hasRestOfBody()) {
                        connection.close();
                    }
                });
    }

    /** No page reads a body: what is left of one is not worth reading, and would be taken for the next request if unsent. */
    private boolean hasRestOfBody() {
        String length = request.headers().get("Content-Length");
        boolean body = request.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"));
        return body && !request.isEnded();
    }
}
