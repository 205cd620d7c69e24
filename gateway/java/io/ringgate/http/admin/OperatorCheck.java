package io.ringgate.http.admin;

import io.ringgate.auth.Authenticator;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Verdict;
import io.ringgate.http.HostNames;
import io.ringgate.reject.Reason;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests of operators through and answers all others: those without a valid credential, and those that a web page in
 * an operator's browser may have made. On the connection's event loop.
 */
final class OperatorCheck {

    /** Those that change nothing. */
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final AdminListener.Access access;

    OperatorCheck(AdminListener.Access access) {
        this.access = access;
    }

    /** @param authorized runs when the request is an operator's, or when nobody is asked for a credential */
    void check(AdminExchange exchange, AdminConnection connection, Runnable authorized) {
        String foreign = foreign(exchange.request());
        if (foreign != null) {
            access.refused().increment();
            exchange.text(403, "this request is refused: " + foreign + "\n");
            return;
        }
        Authenticator operators = access.operators();
        if (operators == null) {
            connection.markOperator();
            authorized.run();
            return;
        }
        List<String> sent = exchange.request().headers().getAll("Authorization");
        // Two of them are no credential: nobody can say which one was meant.
        PresentedCredentials presented =
                new PresentedCredentials(sent.size() == 1 ? sent.getFirst() : null, null, connection.address());
        operators.identify(presented).onComplete(verdict -> {
            if (verdict.succeeded() && verdict.result() instanceof Verdict.Known) {
                connection.markOperator();
                authorized.run();
            } else {
                refuse(exchange, verdict);
            }
        });
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

    private void refuse(AdminExchange exchange, AsyncResult<Verdict> verdict) {
        access.refused().increment();
        if (verdict.result() instanceof Verdict.Refused(var rejection)
                && rejection.reason() != Reason.PROOF_UNAVAILABLE) {
            exchange.header("WWW-Authenticate", "Basic realm=\"ringgate admin\", charset=\"UTF-8\"")
                    .text(401, "this page is for operators: send a valid credential\n");
        } else {
            exchange.header("Retry-After", "1").text(503, "the credential cannot be checked now, try again\n");
        }
    }
}
