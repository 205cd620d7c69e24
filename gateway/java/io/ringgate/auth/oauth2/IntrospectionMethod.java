package io.ringgate.auth.oauth2;

import io.ringgate.auth.AuthenticationMethod;
import io.ringgate.auth.ClaimIndex;
import io.ringgate.auth.Clocks;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Refusals;
import io.ringgate.auth.Verdict;
import io.ringgate.edge.Network;
import io.ringgate.metrics.Metrics;
import io.ringgate.verification.Attempt;
import io.ringgate.verification.HeaderDigest;
import io.ringgate.verification.Unavailable;
import io.ringgate.verification.VerificationCounters;
import io.ringgate.verification.VerificationCounters.Event;
import io.ringgate.verification.VerificationResult;
import io.ringgate.verification.VerificationSlots;
import io.ringgate.verification.Verifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens that the identity provider introspects. Comes after the methods that verify tokens themselves: their tokens are
 * never sent to the provider. Any thread calls; see {@link Verifier} for where the answer comes.
 */
public final class IntrospectionMethod implements AuthenticationMethod, AutoCloseable {

    private static final Duration REJECTED_TTL = Duration.ofSeconds(5);

    /** An opaque token claims no name. */
    private static final String NOBODY = "";

    private final Vertx vertx;
    private final HeaderDigest digests;
    private final Clocks clocks;
    private final IntrospectionCounters counters;
    private final VerificationSlots slots;
    private final Verifier<IntrospectedToken, ResponseValidity, Verdict> verifier;
    private volatile State state = new State(ClaimIndex.EMPTY, null);

    /** Whose tokens are, and who is asked. */
    private record State(ClaimIndex index, @Nullable IntrospectionProvider provider) {

        /** Null where no token is taken. */
        @Nullable
        IntrospectionProvider asked() {
            return index.isEmpty() ? null : provider;
        }
    }

    /**
     * Builds one that takes no token yet.
     *
     * @param vertx whose loops ask the provider
     * @param digests by a key that lives as long as the process
     */
    public IntrospectionMethod(Vertx vertx, HeaderDigest digests, Clocks clocks, Metrics metrics) {
        this.vertx = vertx;
        this.digests = digests;
        this.clocks = clocks;
        this.counters = IntrospectionCounters.in(metrics);
        this.slots = new VerificationSlots(clocks.nano());
        this.verifier = new Verifier<>(
                "opaque tokens",
                slots,
                clocks.nano(),
                new Refusals("the identity provider cannot be asked now"),
                new VerificationCounters(Map.of(
                        Event.CACHED, metrics.counter("ringgate_introspection_cache_hits_total"),
                        Event.QUEUE_FULL, IntrospectionCounters.asked(metrics, "full"),
                        Event.TOO_MANY_FAILURES, IntrospectionCounters.asked(metrics, "limited"))));
    }

    /** Replaces the log-ins and the provider; without a provider nobody logs in. One thread at a time. */
    public void update(ClaimIndex index, @Nullable ProviderAccess access) {
        IntrospectionProvider before = state.provider();
        boolean same = before != null && before.access().equals(access);
        IntrospectionProvider next =
                access == null ? null : same ? before : new IntrospectionProvider(vertx, access, clocks, counters);
        state = new State(index, next);
        if (before != null && before != next) {
            before.close();
        }
        // Without a provider what waits goes on all the same, so that it is answered.
        if (access != null) {
            slots.resize(access.config().maxConcurrent());
        }
    }

    @Override
    public @Nullable Future<Verdict> identify(PresentedCredentials presented) {
        String header = presented.authorization();
        if (header == null || state.asked() == null || !BearerToken.isOne(header)) {
            return null;
        }
        return header.length() > BearerToken.LONGEST_HEADER
                ? Refusals.WRONG
                : verifier.verify(new TokenAttempt(digests.of(header), header, presented.counted()));
    }

    private final class TokenAttempt implements Attempt<IntrospectedToken, ResponseValidity, Verdict> {

        private final HeaderDigest.Value digest;
        private final String header;
        private final Network source;

        TokenAttempt(HeaderDigest.Value digest, String header, Network source) {
            this.digest = digest;
            this.header = header;
            this.source = source;
        }

        @Override
        public HeaderDigest.Value digest() {
            return digest;
        }

        @Override
        public @Nullable Future<Verdict> answer(IntrospectedToken verified) {
            State now = state;
            IntrospectionProvider provider = now.asked();
            return provider == null ? Refusals.WRONG : verified.answer(now.index(), provider.config(), clocks);
        }

        @Override
        public boolean isStillRejected(ResponseValidity rejected) {
            IntrospectionProvider provider = state.asked();
            return provider == null
                    || rejected.holds(provider.config(), clocks.nano().getAsLong());
        }

        @Override
        public @Nullable Step<IntrospectedToken, ResponseValidity, Verdict> validate() {
            State now = state;
            IntrospectionProvider provider = now.asked();
            if (provider == null) {
                return null;
            }
            String token = BearerToken.parse(header);
            return token == null
                    ? new Answered<>(Refusals.WRONG)
                    : new Check<>(new Key(digest, provider), source, NOBODY, () -> ask(token, now.index(), provider));
        }
    }

    /** One question: to this provider about these bytes. */
    private record Key(HeaderDigest.Value digest, IntrospectionProvider provider) {}

    private Future<VerificationResult<IntrospectedToken, ResponseValidity>> ask(
            String token, ClaimIndex index, IntrospectionProvider provider) {
        if (state.provider() != provider) {
            return Future.succeededFuture(new VerificationResult.Undecided<>(Unavailable.CHANGED));
        }
        return provider.ask(token, index.names()).map(answer -> result(answer, index, provider));
    }

    private VerificationResult<IntrospectedToken, ResponseValidity> result(
            IntrospectionResponse answer, ClaimIndex index, IntrospectionProvider provider) {
        return switch (answer) {
            case IntrospectionResponse.Active active -> {
                IntrospectedToken found = new IntrospectedToken(active, index.names(), term(provider, null));
                yield found.isOf(index)
                        ? new VerificationResult.Verified<>(found)
                        : new VerificationResult.Unassigned<>(found);
            }
            case IntrospectionResponse.Inactive _, IntrospectionResponse.Unfit _ ->
                new VerificationResult.Rejected<>(term(provider, REJECTED_TTL));
            case IntrospectionResponse.Unusable _ ->
                new VerificationResult.Undecided<>(
                        state.provider() == provider ? Unavailable.FAILED : Unavailable.CHANGED);
        };
    }

    private ResponseValidity term(IntrospectionProvider provider, @Nullable Duration most) {
        Duration cache = provider.config().cache();
        Duration length = most != null && most.compareTo(cache) < 0 ? most : cache;
        return new ResponseValidity(provider.config(), clocks.nano().getAsLong(), length);
    }

    @Override
    public void close() {
        update(ClaimIndex.EMPTY, null);
    }
}
