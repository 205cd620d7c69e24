package io.ringgate.http.admin;

import io.ringgate.reject.EscapedText;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which page answers a request, on Vert.x Web. Every answer is ours, also those to requests that Vert.x Web refuses before any
 * page sees them. Paths are compared byte for byte: {@code /status/}, {@code //status}, {@code /%73tatus} and
 * {@code /x/../status} are no pages. It authorizes nobody: {@link OperatorCheck} does, before a request comes here.
 */
final class AdminRouter {

    private static final Logger LOG = LoggerFactory.getLogger(AdminRouter.class);

    private final Function<HttpServerRequest, AdminExchange> exchanges;
    private final Router router;
    private final Set<String> open;
    private final String paths;

    /** @param exchanges finds the connection of a request */
    AdminRouter(Vertx vertx, List<AdminPage> pages, Function<HttpServerRequest, AdminExchange> exchanges) {
        this.exchanges = exchanges;
        this.router = Router.router(vertx);
        this.open = pages.stream().filter(AdminPage::open).map(AdminPage::path).collect(Collectors.toSet());
        this.paths = pages.stream().map(AdminPage::path).sorted().collect(Collectors.joining(", "));
        pages.forEach(this::add);
        router.errorHandler(400, this::malformed)
                .errorHandler(404, context -> exchange(context).text(404, "the pages here are " + paths + "\n"))
                .errorHandler(500, this::failed);
    }

    /** Whether its page answers without a credential. */
    boolean isOpen(HttpServerRequest request) {
        return open.contains(String.valueOf(request.path()));
    }

    void handle(HttpServerRequest request) {
        router.handle(request);
    }

    private AdminExchange exchange(RoutingContext context) {
        return exchanges.apply(context.request());
    }

    private void add(AdminPage page) {
        router.routeWithRegex(Pattern.quote(page.path()))
                .useNormalizedPath(false)
                .handler(context -> checkMethod(page, context))
                .handler(context -> checkQuery(page, context))
                .handler(context -> reserveWork(page, context))
                .handler(context -> page.answer().accept(exchange(context)));
    }

    private void checkMethod(AdminPage page, RoutingContext context) {
        if (page.methods().contains(context.request().method().name())) {
            context.next();
            return;
        }
        exchange(context)
                .header("Allow", String.join(", ", page.methods()))
                .text(405, "this page answers " + String.join(" and ", page.methods()) + "\n");
    }

    private void checkQuery(AdminPage page, RoutingContext context) {
        String fault = AdminQuery.fault(context.request(), page.parameters());
        if (fault == null) {
            context.next();
        } else {
            exchange(context).text(400, fault + "\n");
        }
    }

    private void reserveWork(AdminPage page, RoutingContext context) {
        AdminExchange exchange = exchange(context);
        AdminConnection connection = exchange.connection();
        if (!page.costly() || (connection != null && connection.reserveWork())) {
            context.next();
        } else {
            exchange.header("Retry-After", "1")
                    .text(503, "too many pages are being sent, try again when they are read\n");
        }
    }

    /** Vert.x Web takes no request of HTTP/1.1 without a valid Host (RFC 9112, 3.2), and none without a path. */
    private void malformed(RoutingContext context) {
        String path = context.request().path();
        exchange(context)
                .text(
                        400,
                        path == null || path.isEmpty()
                                ? "malformed HTTP request: its target has no path\n"
                                : "malformed HTTP request: the Host header is missing or invalid\n");
    }

    /** A page threw: a bug. The trace is for the log alone. */
    private void failed(RoutingContext context) {
        LOG.atError()
                .setCause(context.failure())
                .addKeyValue(
                        "path", EscapedText.of(String.valueOf(context.request().path())))
                .log("admin page failed");
        if (!context.response().ended()) {
            exchange(context).text(500, "this page cannot be made now, the log says why\n");
        }
    }
}
