package io.ringgate.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's side: metrics, health and status. Far from the hot path, so it is Vert.x's own HTTP server, with HTTP/1.1
 * only.
 */
public final class AdminListener {

    /**
     * What the pages show, made anew for each request.
     *
     * @param metrics in Prometheus's text format
     * @param status as JSON
     * @param reload reads all configuration anew
     */
    public record Pages(
            Supplier<String> metrics, Supplier<String> status, BooleanSupplier ready, Supplier<Future<Done>> reload) {}

    /** How what an operator asked for has ended, in words for him. */
    public record Done(boolean good, String text) {}

    private static final Logger LOG = LoggerFactory.getLogger(AdminListener.class);

    private final Vertx vertx;
    private final HttpServer server;
    private final Pages pages;

    public AdminListener(Vertx vertx, Pages pages) {
        this.vertx = vertx;
        this.pages = pages;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(120)
                .setMaxFormAttributeSize(0));
    }

    /** Opens the listener; the future holds the bound port. */
    public Future<Integer> listen(String host, int port) {
        return server.requestHandler(this::answer).listen(port, host).map(HttpServer::actualPort);
    }

    private void answer(HttpServerRequest request) {
        boolean get =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        switch (request.path()) {
            case "/metrics", "/status", "/-/healthy", "/-/ready" -> {
                if (get) {
                    page(request);
                } else {
                    request.response().putHeader("Allow", "GET, HEAD");
                    plain(request, 405, "this page answers GET and HEAD\n");
                }
            }
            case "/-/reload" -> {
                if (request.method().equals(HttpMethod.POST)) {
                    reload(request);
                } else {
                    request.response().putHeader("Allow", "POST");
                    plain(request, 405, "send POST to reload\n");
                }
            }
            default ->
                plain(
                        request,
                        404,
                        "the pages here are /metrics, /status, /-/healthy and /-/ready, and POST /-/reload\n");
        }
    }

    private void page(HttpServerRequest request) {
        switch (request.path()) {
            case "/metrics" -> made(request, "text/plain; version=0.0.4; charset=utf-8", pages.metrics());
            case "/status" -> made(request, "application/json", pages.status());
            case "/-/healthy" -> plain(request, 200, "OK\n");
            default -> {
                boolean ready = pages.ready().getAsBoolean();
                plain(request, ready ? 200 : 503, ready ? "OK\n" : "NOT READY\n");
            }
        }
    }

    private void reload(HttpServerRequest request) {
        pages.reload()
                .get()
                .onSuccess(done -> plain(request, done.good() ? 200 : 500, done.text()))
                .onFailure(cause -> plain(request, 503, "the gateway is stopping\n"));
    }

    /** A page that takes work is made on a worker: the loop that serves it carries writes too. */
    private void made(HttpServerRequest request, String type, Supplier<String> page) {
        vertx.executeBlocking(page::get, false)
                .onSuccess(text -> send(request, 200, type, text))
                .onFailure(cause -> {
                    LOG.error("the page {} cannot be made", request.path(), cause);
                    plain(request, 500, "this page cannot be made now, the log says why\n");
                });
    }

    private static void plain(HttpServerRequest request, int status, String text) {
        send(request, status, "text/plain; charset=utf-8", text);
    }

    private static void send(HttpServerRequest request, int status, String type, String text) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(text);
    }

    public Future<Void> close() {
        return server.close();
    }
}
