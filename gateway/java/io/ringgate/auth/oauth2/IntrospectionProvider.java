package io.ringgate.auth.oauth2;

import io.ringgate.auth.Clocks;
import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.ProviderClient;
import io.ringgate.config.ClaimPath;
import io.ringgate.config.IntrospectionConfig;
import io.ringgate.tls.TlsProblem;
import io.ringgate.verification.OutageLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** The provider as it is configured: one question about a token, one answer. Any thread. */
final class IntrospectionProvider implements AutoCloseable {

    private final ProviderAccess access;
    private final Clocks clocks;
    private final IntrospectionCounters counters;
    private final ProviderClient client;
    private final OutageLog outages;
    private volatile boolean closed;

    IntrospectionProvider(Vertx vertx, ProviderAccess access, Clocks clocks, IntrospectionCounters counters) {
        this.access = access;
        this.clocks = clocks;
        this.counters = counters;
        this.client = client(vertx, access);
        this.outages = new OutageLog(
                "opaque tokens at " + ProviderClient.shown(access.config().url()), clocks.nano());
    }

    private static ProviderClient client(Vertx vertx, ProviderAccess access) {
        try {
            return new ProviderClient(vertx, access.trust());
        } catch (TlsProblem e) {
            throw new IllegalStateException("the authorities were tried when they were read", e);
        }
    }

    ProviderAccess access() {
        return access;
    }

    IntrospectionConfig config() {
        return access.config();
    }

    /** @param names the claims that are looked for in the answer */
    Future<IntrospectionResponse> ask(String token, Set<ClaimPath> names) {
        long begun = clocks.nano().getAsLong();
        return post(token)
                .map(reply -> IntrospectionResponseParser.read(reply, names, access.expected(), clocks.seconds()))
                .otherwise(this::failed)
                .onSuccess(answer -> {
                    counters.answered(answer, clocks.nano().getAsLong() - begun);
                    log(answer);
                });
    }

    private void log(IntrospectionResponse answer) {
        if (!(answer instanceof IntrospectionResponse.Unusable(String why, boolean _))) {
            outages.worked();
        } else if (!closed) {
            outages.failed(why);
        }
    }

    private Future<ProviderClient.Reply> post(String token) {
        try {
            return client.post(
                    access.config().url(),
                    "token=" + ProviderAccess.encoded(token) + "&token_type_hint=access_token",
                    Map.of("Authorization", access.authorization()),
                    access.config().timeout());
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** Only the kind of fault: its message might quote what was sent. */
    private IntrospectionResponse failed(Throwable fault) {
        Duration timeout = access.config().timeout();
        String why = switch (fault) {
            case TimeoutException _ -> "no whole answer came within " + timeout.toMillis() + " ms";
            case InvalidDocument invalid -> "it " + invalid.sentence();
            default -> "asking failed with " + fault.getClass().getSimpleName();
        };
        return new IntrospectionResponse.Unusable(why, false);
    }

    /** Questions that are under way fail. */
    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
