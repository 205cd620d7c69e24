package io.ringgate.http.admin;

import io.netty.channel.ChannelHandlerContext;
import io.ringgate.auth.Authenticator;
import io.ringgate.http.HostNames;
import io.ringgate.metrics.Metrics;
import io.ringgate.tls.ServerTls;
import io.ringgate.tls.TlsRecordReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's side: metrics, health, status and reload. Not on the way of a write, so it is Vert.x's HTTP server, with
 * HTTP/1.1 only, and a Vert.x Web router. TLS is ours, put before everything else in a new connection, so that certificates
 * are swapped as on the edge listeners.
 */
public final class AdminListener {

    /**
     * What the pages show, made again for each request.
     *
     * @param metrics in Prometheus's text format
     * @param status as JSON
     * @param forces which kinds of change can be forced
     * @param reload reads all configuration again
     */
    public record Pages(
            Supplier<String> metrics,
            Supplier<String> status,
            BooleanSupplier ready,
            List<String> forces,
            Reload reload) {}

    /** Reads all configuration again. */
    public interface Reload {

        /**
         * Begins at once.
         *
         * @param forced kinds of change that are made although they wait otherwise
         * @param dryRun only says what would change
         */
        Future<Done> begin(Set<String> forced, boolean dryRun);
    }

    /** How what an operator asked for has ended, in words for them. */
    public record Done(int status, String text) {}

    /**
     * Who may ask, and how.
     *
     * @param operators null when nobody is asked for a credential
     * @param tls gives the active certificates for a new connection; null for plain HTTP
     * @param hostNames by which it is called, beside those of a loopback address
     * @param refused counts requests without a credential, with a wrong one, or made by a foreign web page
     * @param evicted counts connections that were closed to make room for others
     */
    public record Access(
            @Nullable Authenticator operators,
            @Nullable Supplier<ServerTls> tls,
            Supplier<HostNames> hostNames,
            Metrics.Counter refused,
            Metrics.Counter evicted) {}

    private static final Logger LOG = LoggerFactory.getLogger(AdminListener.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private static final String FORCE = "force";
    private static final String DRY_RUN = "dry_run";

    private final Vertx vertx;
    private final HttpServer server;
    private final Pages pages;
    private final Access access;
    private final AdminConnections connections;
    private final OperatorCheck operators;
    private final AdminRouter router;
    private final ConcurrentMap<HttpConnection, AdminConnection> open = new ConcurrentHashMap<>();

    public AdminListener(Vertx vertx, Pages pages, Access access) {
        this.vertx = vertx;
        this.pages = pages;
        this.access = access;
        this.connections = new AdminConnections(access.evicted());
        this.operators = new OperatorCheck(access);
        this.router = new AdminRouter(
                vertx,
                List.of(
                        AdminPage.report("/metrics", this::metrics),
                        AdminPage.report("/status", exchange -> make(exchange, "application/json", pages.status())),
                        AdminPage.probe("/-/healthy", exchange -> exchange.text(200, "OK\n")),
                        AdminPage.probe("/-/ready", this::ready),
                        AdminPage.action("/-/reload", List.of(FORCE, DRY_RUN), this::reload)),
                this::exchange);
        this.server = vertx.createHttpServer(
                new HttpServerOptions().setHttp2ClearTextEnabled(false).setMaxFormAttributeSize(0));
    }

    /** Opens the listener; the future holds the bound port. */
    public Future<Integer> listen(String host, int port) {
        return server.connectionHandler(this::connected)
                .requestHandler(this::receive)
                .listen(port, host)
                .map(HttpServer::actualPort);
    }

    /** Before the first byte is read. */
    private void connected(HttpConnection connection) {
        ChannelHandlerContext context = ((HttpServerConnection) connection).channelHandlerContext();
        AdminConnection entry = connections.add(context.channel());
        open.put(connection, entry);
        // Without a handler a reset by the client, which is routine, would be logged as an error.
        connection.exceptionHandler(
                cause -> LOG.atDebug().addKeyValue("error", cause.toString()).log("admin connection failed"));
        connection.closeHandler(closed -> {
            open.remove(connection);
            entry.end();
        });
        Supplier<ServerTls> tls = access.tls();
        if (tls != null) {
            context.pipeline().addFirst(tls.get().newReader(HANDSHAKE, TlsRecordReader.NOBODY));
        }
    }

    /** Who may not ask is answered before the router sees the request: it answers some by itself. */
    private void receive(HttpServerRequest request) {
        AdminExchange exchange = exchange(request);
        AdminConnection connection = exchange.connection();
        if (connection == null || !connection.beginRequest()) {
            return;
        }
        if (router.isOpen(request)) {
            router.handle(request);
        } else {
            operators.check(exchange, connection, () -> router.handle(request));
        }
    }

    private AdminExchange exchange(HttpServerRequest request) {
        return new AdminExchange(request, open.get(request.connection()));
    }

    private void metrics(AdminExchange exchange) {
        make(exchange, "text/plain; version=0.0.4; charset=utf-8", pages.metrics());
    }

    private void ready(AdminExchange exchange) {
        boolean ready = pages.ready().getAsBoolean();
        exchange.text(ready ? 200 : 503, ready ? "OK\n" : "NOT READY\n");
    }

    private void reload(AdminExchange exchange) {
        List<String> forced = exchange.request().params().getAll(FORCE);
        if (!pages.forces().containsAll(forced)) {
            String known = String.join(", ", pages.forces());
            exchange.text(400, "what can be forced is " + known + ", one in each force=\n");
            return;
        }
        List<String> dryRun = exchange.request().params().getAll(DRY_RUN);
        if (dryRun.size() > 1 || !Set.of("true", "false").containsAll(dryRun)) {
            exchange.text(400, "dry_run is true or false, once\n");
            return;
        }
        pages.reload()
                .begin(Set.copyOf(forced), dryRun.contains("true"))
                .onSuccess(done -> exchange.text(done.status(), done.text()))
                .onFailure(cause -> {
                    LOG.atError().setCause(cause).log("reload failed");
                    exchange.text(503, "the configuration cannot be read now, the log says why\n");
                });
    }

    /** A page that takes work is made on a worker: the loop that serves it carries writes too. */
    private void make(AdminExchange exchange, String type, Supplier<String> page) {
        vertx.executeBlocking(page::get, false)
                .onSuccess(text -> exchange.send(200, type, text))
                .onFailure(cause -> {
                    LOG.atError()
                            .setCause(cause)
                            .addKeyValue("path", exchange.request().path())
                            .log("admin page failed");
                    exchange.text(500, "this page cannot be made now, the log says why\n");
                });
    }

    public Future<Void> close() {
        return server.close();
    }
}
