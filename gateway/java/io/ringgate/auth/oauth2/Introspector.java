package io.ringgate.auth.oauth2;

import io.ringgate.auth.CallersLoop;
import io.ringgate.auth.ClaimIndex;
import io.ringgate.auth.HeaderDigest;
import io.ringgate.auth.Method;
import io.ringgate.auth.Presented;
import io.ringgate.auth.Verdict;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens that the identity provider has to be asked about. Comes after the methods that can judge a token themselves:
 * what they take is never shown to anybody.
 *
 * <p>Any thread calls; the answer comes back on the caller's loop, for a token that is known at once.
 */
public final class Introspector implements Method, AutoCloseable {

    private static final Future<Verdict> FULL = unavailable("too many tokens wait to be checked");
    private static final Future<Verdict> HELD_BACK = unavailable("too many tokens from this network were wrong lately");
    private static final Future<Verdict> CHANGED = unavailable("the configuration changed just now");
    private static final Future<Verdict> UNKNOWN = unavailable("the identity provider cannot be asked now");

    private final HeaderDigest digests;
    private final Provider.Clocks clocks;
    private final Counts counts;
    private volatile State state = new State(ClaimIndex.EMPTY, null);

    /** Whom tokens may prove, and who is asked. */
    private record State(ClaimIndex logins, @Nullable Provider provider) {}

    /**
     * Builds one that takes no token yet.
     *
     * @param digests by a key that lives as long as the process
     * @param wallClock milliseconds of Unix time
     */
    public Introspector(HeaderDigest digests, LongSupplier nanoTime, LongSupplier wallClock, Metrics metrics) {
        this.digests = digests;
        this.clocks = new Provider.Clocks(nanoTime, wallClock);
        this.counts = Counts.in(metrics);
    }

    /** From now on these log in by what this provider says; by nobody's word where there is none. One thread at a time. */
    public void use(ClaimIndex logins, @Nullable ProviderAccess access) {
        Provider before = state.provider();
        Provider next = access == null ? null : Provider.following(before, access, clocks, counts);
        state = new State(logins, next);
        if (before != null && before != next) {
            before.close();
        }
    }

    @Override
    public @Nullable Future<Verdict> identify(Presented presented) {
        String header = presented.authorization();
        State now = state;
        if (header == null || now.provider() == null || now.logins().isEmpty() || !BearerToken.isOne(header)) {
            return null;
        }
        if (header.length() > BearerToken.LONGEST_HEADER) {
            return Known.WRONG;
        }
        HeaderDigest.Value digest = digests.of(header);
        Answers answers = now.provider().answers();
        Known known = answers.find(digest, now.logins(), clocks.seconds());
        if (known != null) {
            counts.hits().increment();
            return known.verdict(now.logins());
        }
        String token = BearerToken.parse(header);
        return token == null || answers.isBad(digest)
                ? Known.WRONG
                : ask(new Provider.Question(digest, token, presented.counted()), now.provider(), now.logins(), true);
    }

    /** @param again whether to ask once more when provider or edges have changed meanwhile */
    private Future<Verdict> ask(Provider.Question question, Provider provider, ClaimIndex logins, boolean again) {
        Provider.Flight flight = provider.ask(question, logins);
        if (flight.answer().isComplete()) {
            return verdict(flight, question, provider, again);
        }
        CallersLoop loop = CallersLoop.current();
        Promise<Verdict> answer = Promise.promise();
        flight.answer()
                .onSuccess(came -> loop.run(
                        () -> verdict(flight, question, provider, again).onSuccess(answer::complete)));
        return answer.future();
    }

    /** Judged by the edges and the provider of this moment. */
    private Future<Verdict> verdict(Provider.Flight flight, Provider.Question question, Provider asked, boolean again) {
        State now = state;
        Provider provider = now.provider();
        if (provider == null || now.logins().isEmpty()) {
            return Known.WRONG;
        }
        if (provider != asked
                || !flight.logins().names().containsAll(now.logins().names())) {
            return again ? ask(question, provider, now.logins(), false) : CHANGED;
        }
        return switch (flight.answer().result()) {
            case Answer.Active active -> new Known(active, flight.logins().names()).verdict(now.logins());
            case Answer.Inactive _, Answer.Unfit _ -> Known.WRONG;
            case Answer.Unusable _ -> UNKNOWN;
            case Answer.NotAsked(Seats.Found seat) -> seat == Seats.Found.HELD_BACK ? HELD_BACK : FULL;
        };
    }

    private static Future<Verdict> unavailable(String sentence) {
        return Future.succeededFuture(new Verdict.Refused(new Rejection.Plain(Reason.PROOF_UNAVAILABLE, sentence)));
    }

    @Override
    public void close() {
        Provider last = state.provider();
        state = new State(ClaimIndex.EMPTY, null);
        if (last != null) {
            last.close();
        }
    }
}
