package io.ringgate.auth.oauth2;

import io.ringgate.auth.Clocks;
import io.ringgate.auth.ProviderClient;
import io.ringgate.config.ClaimPath;
import io.ringgate.config.IntrospectionConfig;
import io.ringgate.tls.TlsProblem;
import io.ringgate.verification.OutageLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The provider as it is configured: one question about a token, one answer. Any thread. */
final class Provider implements AutoCloseable {

    private final ProviderAccess access;
    private final Clocks clocks;
    private final AnswerCounters counters;
    private final ProviderClient client;
    private final OutageLog outages;
    private volatile boolean closed;

    Provider(ProviderAccess access, Clocks clocks, AnswerCounters counters) {
        this.access = access;
        this.clocks = clocks;
        this.counters = counters;
        this.client = client(access);
        this.outages = new OutageLog(
                "opaque tokens at " + ProviderClient.shown(access.config().url()), clocks.nano());
    }

    private static ProviderClient client(ProviderAccess access) {
        try {
            return new ProviderClient(access.trust());
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
    Future<Answer> ask(String token, Set<ClaimPath> names) {
        long begun = clocks.nano().getAsLong();
        Promise<Answer> promise = Promise.promise();
        post(token).whenComplete((reply, fault) -> {
            Answer answer = reply == null ? failed(fault) : read(reply, names);
            counters.answered(answer, clocks.nano().getAsLong() - begun);
            log(answer);
            promise.complete(answer);
        });
        return promise.future();
    }

    private void log(Answer answer) {
        if (!(answer instanceof Answer.Unusable(String why, boolean _))) {
            outages.worked();
        } else if (!closed) {
            outages.failed(why);
        }
    }

    private CompletableFuture<ProviderClient.Reply> post(String token) {
        try {
            return client.post(
                    access.config().url(),
                    "token=" + ProviderAccess.encoded(token) + "&token_type_hint=access_token",
                    Map.of("Authorization", access.authorization()),
                    access.config().timeout());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Answer read(ProviderClient.Reply reply, Set<ClaimPath> names) {
        try {
            return AnswerReader.read(reply, names, access.terms(), clocks.seconds());
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    /** Only the kind of fault: its message might quote what was sent. */
    private Answer failed(@Nullable Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        Duration timeout = access.config().timeout();
        return new Answer.Unusable(
                cause instanceof TimeoutException || cause instanceof HttpTimeoutException
                        ? "no whole answer came within " + timeout.toMillis() + " ms"
                        : "asking failed with "
                                + (cause == null ? "nothing" : cause.getClass().getSimpleName()),
                false);
    }

    /** Questions that are under way fail. */
    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
