package io.ringgate.http.admin;

import io.netty.channel.ChannelHandlerContext;
import io.ringgate.auth.Authenticator;
import io.ringgate.auth.Presented;
import io.ringgate.auth.Verdict;
import io.ringgate.http.HostNames;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Reason;
import io.ringgate.tls.ServerTls;
import io.ringgate.tls.TlsRecordReader;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's side: metrics, health and status. Far from the hot path, so it is Vert.x's own HTTP server, with HTTP/1.1
 * only. TLS is ours, put before everything else in a new connection, so that certificates are swapped as on the edge
 * listeners.
 */
public final class AdminListener {

    /**
     * What the pages show, made anew for each request.
     *
     * @param metrics in Prometheus's text format
     * @param status as JSON
     * @param forces which kinds of change can be forced
     * @param reload reads all configuration anew
     */
    public record Pages(
            Supplier<String> metrics,
            Supplier<String> status,
            BooleanSupplier ready,
            List<String> forces,
            Reload reload) {}

    /** Reads all configuration anew. */
    public interface Reload {

        /**
         * Begins at once.
         *
         * @param forced kinds of change that are made although they wait otherwise
         * @param dryRun only says what would change
         */
        Future<Done> begin(Set<String> forced, boolean dryRun);
    }

    /** How what an operator asked for has ended, in words for him. */
    public record Done(int status, String text) {}

    /**
     * Who may look, and how.
     *
     * @param operators null when nobody is asked for a credential
     * @param tls gives the certificates in force for a new connection; null for plain HTTP
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

    /**
     * One path.
     *
     * @param methods that it answers
     * @param open whether it answers without a credential
     * @param costly whether it takes work, which is done for few at a time
     * @param parameters that its query may have
     */
    private record Route(
            List<String> methods,
            boolean open,
            boolean costly,
            List<String> parameters,
            Consumer<HttpServerRequest> answer) {}

    private static final Logger LOG = LoggerFactory.getLogger(AdminListener.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    /** Those that change nothing. */
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final String FORCE = "force";
    private static final String DRY_RUN = "dry_run";
    private static final List<String> READ = List.of("GET", "HEAD");
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Vertx vertx;
    private final HttpServer server;
    private final Pages pages;
    private final Access access;
    private final Map<String, Route> routes = new TreeMap<>();
    private final AdminConnections connections;
    private final ConcurrentMap<HttpConnection, AdminConnection> open = new ConcurrentHashMap<>();

    public AdminListener(Vertx vertx, Pages pages, Access access) {
        this.vertx = vertx;
        this.pages = pages;
        this.access = access;
        this.connections = new AdminConnections(access.evicted());
        this.server = vertx.createHttpServer(
                new HttpServerOptions().setHttp2ClearTextEnabled(false).setMaxFormAttributeSize(0));
        List<String> none = List.of();
        routes.put("/metrics", new Route(READ, false, true, none, this::metrics));
        routes.put(
                "/status",
                new Route(READ, false, true, none, request -> made(request, "application/json", pages.status())));
        routes.put("/-/healthy", new Route(READ, true, false, none, request -> plain(request, 200, "OK\n")));
        routes.put("/-/ready", new Route(READ, true, false, none, this::ready));
        routes.put("/-/reload", new Route(List.of("POST"), false, true, List.of(FORCE, DRY_RUN), this::reload));
    }

    /** Opens the listener; the future holds the bound port. */
    public Future<Integer> listen(String host, int port) {
        return server.connectionHandler(this::connected)
                .requestHandler(this::route)
                .listen(port, host)
                .map(HttpServer::actualPort);
    }

    /** Before the first byte is read. */
    private void connected(HttpConnection connection) {
        ChannelHandlerContext context = ((HttpServerConnection) connection).channelHandlerContext();
        AdminConnection place = connections.enter(context.channel());
        open.put(connection, place);
        // Without a handler a reset by the client, which is routine, would be logged as an error.
        connection.exceptionHandler(
                cause -> LOG.debug("a connection to the admin listener failed: {}", cause.toString()));
        connection.closeHandler(closed -> {
            open.remove(connection);
            place.leave();
        });
        Supplier<ServerTls> tls = access.tls();
        if (tls != null) {
            context.pipeline().addFirst(tls.get().newReader(HANDSHAKE, TlsRecordReader.NOBODY));
        }
    }

    private void route(HttpServerRequest request) {
        AdminConnection place = open.get(request.connection());
        if (place == null || !place.asks()) {
            return;
        }
        Route route = routes.get(String.valueOf(request.path()));
        if (route != null && route.open()) {
            answer(request, route, place);
            return;
        }
        String foreign = foreign(request);
        if (foreign != null) {
            access.refused().increment();
            plain(request, 403, "this request is refused: " + foreign + "\n");
            return;
        }
        Authenticator operators = access.operators();
        if (operators == null) {
            place.isOperators();
            answer(request, route, place);
            return;
        }
        List<String> shown = request.headers().getAll("Authorization");
        // Two of them are no credential: nobody can say which one was meant.
        Presented presented = new Presented(shown.size() == 1 ? shown.getFirst() : null, null, place.address());
        operators.identify(presented).onComplete(found -> judge(request, route, place, found));
    }

    /**
     * Why a web page in an operator's browser may have made the request; null for none. Pages that are only read are held to
     * the Host where no credential is asked: a page whose name leads to a loopback address could read them there.
     */
    private @Nullable String foreign(HttpServerRequest request) {
        HostNames names = access.hostNames().get();
        if (!SAFE.contains(request.method())) {
            return AdminOrigin.fault(request.headers(), names, access.tls() != null);
        }
        return access.operators() == null ? AdminOrigin.hostFault(request.headers(), names) : null;
    }

    private void judge(
            HttpServerRequest request, @Nullable Route route, AdminConnection place, AsyncResult<Verdict> found) {
        if (found.succeeded() && found.result() instanceof Verdict.Known) {
            place.isOperators();
            answer(request, route, place);
            return;
        }
        access.refused().increment();
        if (found.result() instanceof Verdict.Refused(var rejection)
                && rejection.reason() != Reason.PROOF_UNAVAILABLE) {
            request.response().putHeader("WWW-Authenticate", "Basic realm=\"ringgate admin\", charset=\"UTF-8\"");
            plain(request, 401, "this page is for operators: send a valid credential\n");
        } else {
            request.response().putHeader("Retry-After", "1");
            plain(request, 503, "the credential cannot be checked now, try again\n");
        }
    }

    private void answer(HttpServerRequest request, @Nullable Route route, AdminConnection place) {
        if (route == null) {
            plain(request, 404, "the pages here are " + String.join(", ", routes.keySet()) + "\n");
        } else if (route.methods().contains(request.method().name())) {
            String fault = AdminQuery.fault(request, route.parameters());
            if (fault != null) {
                plain(request, 400, fault + "\n");
            } else if (!route.costly() || place.works()) {
                route.answer().accept(request);
            } else {
                request.response().putHeader("Retry-After", "1");
                plain(request, 503, "too many pages are being sent, try again when they are read\n");
            }
        } else {
            String methods = String.join(", ", route.methods());
            request.response().putHeader("Allow", methods);
            plain(request, 405, "this page answers " + methods.replace(", ", " and ") + "\n");
        }
    }

    private void metrics(HttpServerRequest request) {
        made(request, "text/plain; version=0.0.4; charset=utf-8", pages.metrics());
    }

    private void ready(HttpServerRequest request) {
        boolean ready = pages.ready().getAsBoolean();
        plain(request, ready ? 200 : 503, ready ? "OK\n" : "NOT READY\n");
    }

    private void reload(HttpServerRequest request) {
        List<String> forced = request.params().getAll(FORCE);
        if (!pages.forces().containsAll(forced)) {
            String known = String.join(", ", pages.forces());
            plain(request, 400, "what can be forced is " + known + ", one in each force=\n");
            return;
        }
        List<String> dryRun = request.params().getAll(DRY_RUN);
        if (dryRun.size() > 1 || !Set.of("true", "false").containsAll(dryRun)) {
            plain(request, 400, "dry_run is true or false, once\n");
            return;
        }
        pages.reload()
                .begin(Set.copyOf(forced), dryRun.contains("true"))
                .onSuccess(done -> plain(request, done.status(), done.text()))
                .onFailure(cause -> {
                    LOG.error("the configuration cannot be read anew", cause);
                    plain(request, 503, "the configuration cannot be read now, the log says why\n");
                });
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

    private void plain(HttpServerRequest request, int status, String text) {
        send(request, status, TEXT, text);
    }

    private void send(HttpServerRequest request, int status, String type, String text) {
        AdminConnection place = open.get(request.connection());
        if (place == null) {
            return;
        }
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(text)
                .onComplete(read -> {
                    place.answered();
                    // The decoder keeps the last head for as long as its connection is open, and a credential with it.
                    if (request.headers().contains("Authorization")) {
                        place.close();
                    }
                });
    }

    public Future<Void> close() {
        return server.close();
    }
}
