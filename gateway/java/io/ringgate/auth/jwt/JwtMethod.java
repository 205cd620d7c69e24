package io.ringgate.auth.jwt;

import com.nimbusds.jose.JOSEException;
import io.ringgate.auth.CallersLoop;
import io.ringgate.auth.HeaderDigest;
import io.ringgate.auth.Logins;
import io.ringgate.auth.Method;
import io.ringgate.auth.Presented;
import io.ringgate.auth.Proving;
import io.ringgate.auth.Verdict;
import io.ringgate.config.SignatureAlgorithm;
import io.ringgate.config.TokenRules;
import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Quoted;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bearer tokens that a configured issuer has signed. A token is verified once and then known by its digest until it is over,
 * for at most five minutes; a key that is withdrawn, an issuer that is changed and an edge that is changed end that at once.
 *
 * <p>Any thread calls; the answer comes back on the caller's loop, for a known token at once. The same token shown many times
 * while it is verified is verified once.
 */
public final class JwtMethod implements Method, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JwtMethod.class);
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST_CLAIM = 80;

    private final HeaderDigest digests;
    private final Proving proving;
    private final Clocks clocks;
    private final Memory memory;
    private final KeySources sources;
    private final DynamicEdges dynamic;
    private final Counts counts;
    private final ConcurrentMap<Flight, Promise<Landing>> flights = new ConcurrentHashMap<>();
    private volatile Realms realms = new Realms(List.of());
    private volatile @Nullable Realms complainedAbout;

    /**
     * What time it is.
     *
     * @param wall milliseconds of Unix time, by which tokens end
     */
    public record Clocks(LongSupplier wall, LongSupplier nano) {}

    /** @param digests by a key that lives as long as the process */
    public JwtMethod(
            HeaderDigest digests,
            Proving proving,
            Logins logins,
            Clocks clocks,
            RandomGenerator random,
            Metrics metrics) {
        this.digests = digests;
        this.proving = proving;
        this.clocks = clocks;
        this.memory = new Memory(clocks.nano());
        this.sources = new KeySources(clocks.nano(), random, metrics);
        this.dynamic = new DynamicEdges(logins, metrics);
        this.counts = Counts.in(metrics);
    }

    /** From now on these are the issuers and the edges. One thread at a time. */
    public void use(Access access) {
        Map<String, Keys> keys = sources.use(access);
        dynamic.use(access.issuers(), access.names());
        realms = new Realms(access.issuers().all().stream()
                .map(issuer -> new Realm(
                        issuer,
                        Objects.requireNonNull(keys.get(issuer.name())),
                        Claimants.of(access.holders().stream()
                                .filter(holder -> holder.proof().issuer().equals(issuer.name()))
                                .toList()),
                        dynamic))
                .toList());
    }

    /** Of those edges that templates have made. */
    public Set<EdgeName> dynamicEdges() {
        return dynamic.names();
    }

    /** How the issuers are whose keys are fetched. */
    public List<IssuerState> issuers() {
        return sources.states();
    }

    @Override
    public @Nullable Future<Verdict> identify(Presented presented) {
        String header = presented.authorization();
        Realms now = realms;
        if (header == null || now.isEmpty() || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String text = header.substring(SCHEME.length()).stripLeading();
        if (!UnverifiedToken.isOne(text)) {
            return null;
        }
        if (text.length() > now.longestToken()) {
            return refused();
        }
        HeaderDigest.Value digest = digests.of(header);
        Known known = memory.proven(digest);
        Future<Verdict> answer = known == null ? null : standing(known, text, now);
        if (answer != null) {
            counts.cached().increment();
            return answer;
        }
        return memory.isDisproven(digest, now)
                ? refused()
                : new Attempt(digest, text, presented, now, true).judge();
    }

    /** What a known token is worth now; null when it has to be judged anew. */
    private @Nullable Future<Verdict> standing(Known known, String text, Realms now) {
        if (known.isOver(clocks.wall().getAsLong())) {
            return null;
        }
        Known.Standing standing = known.standing();
        if (standing.snapshot() != now) {
            standing = standAnew(known, text, now);
            if (standing == null) {
                return null;
            }
        }
        KeySet keys = standing.realm().keys().now();
        if (keys == null) {
            return Answers.NO_KEYS;
        }
        return keys.holds(known.key()) ? standing.answer() : null;
    }

    /** Whom the claims prove now, which takes no signature: they were signed. */
    private static Known.@Nullable Standing standAnew(Known known, String text, Realms now) {
        Realm realm = now.of(known.issuer().issuer());
        if (realm == null || !realm.issuer().equals(known.issuer())) {
            return null;
        }
        try {
            VerifiedToken token = Verifier.again(UnverifiedToken.read(text), known);
            Known.Standing standing = new Known.Standing(now, realm, realm.answer(token));
            known.stand(standing);
            return standing;
        } catch (Unfit changed) {
            return null;
        }
    }

    private Future<Verdict> refused() {
        counts.refused().increment();
        return Answers.WRONG;
    }

    /** Verifying one token with one key, under one snapshot. */
    private record Flight(HeaderDigest.Value digest, Realm realm, VerifyingKey key) {}

    private enum Outcome {
        PROVEN,
        WRONG,
        FAILED,
        NOT_RUN
    }

    /** What came of it, with what is known from then on when it is proven. */
    private record Landing(Outcome outcome, @Nullable Known known) {}

    /** One token that is not known, on its way to an answer. */
    private final class Attempt {

        private final HeaderDigest.Value digest;
        private final String text;
        private final Presented presented;
        private final Realms now;
        private final boolean again;

        /** @param again whether to try once more when identities change meanwhile */
        Attempt(HeaderDigest.Value digest, String text, Presented presented, Realms now, boolean again) {
            this.digest = digest;
            this.text = text;
            this.presented = presented;
            this.now = now;
            this.again = again;
        }

        @Nullable
        Future<Verdict> judge() {
            UnverifiedToken token;
            try {
                token = UnverifiedToken.read(text);
            } catch (Unfit malformed) {
                return wrong(null, null);
            }
            String issuer = token.issuer();
            Realm realm = issuer == null ? null : now.of(issuer);
            if (realm == null) {
                // An issuer in another form than a text is nobody's to guess at.
                return issuer == null && token.claims().containsKey("iss") ? wrong(null, null) : null;
            }
            return judge(token, realm);
        }

        private Future<Verdict> judge(UnverifiedToken token, Realm realm) {
            TokenRules rules = realm.issuer().tokens();
            SignatureAlgorithm algorithm = TokenForm.algorithm(token, rules);
            long end = TokenForm.end(token, rules, clocks.wall().getAsLong());
            if (text.length() > rules.maxToken()
                    || algorithm == null
                    || end == 0
                    || !TokenForm.isForUs(token, realm.issuer())) {
                return wrong(null, null);
            }
            KeySet keys = realm.keys().now();
            if (keys == null) {
                counts.noKey().increment();
                return Answers.NO_KEYS;
            }
            String kid = token.header("kid");
            VerifyingKey key = keys.find(kid, algorithm);
            if (key != null) {
                return prove(token, new Flight(digest, realm, key), keys, new Claim(algorithm, end));
            }
            boolean there = kid == null ? keys.hasFitting(algorithm) : keys.knows(kid);
            if (there || realm.keys().lacks(kid == null ? "" : kid)) {
                return refused();
            }
            counts.noKey().increment();
            return Answers.KEY_PENDING;
        }

        private Future<Verdict> wrong(@Nullable Realm asked, @Nullable KeySet keys) {
            memory.disprove(digest, now, asked, keys);
            return refused();
        }

        private record Claim(SignatureAlgorithm algorithm, long end) {}

        /** Joins the verification that is under way for the same token, or begins it. */
        private Future<Verdict> prove(UnverifiedToken token, Flight flight, KeySet keys, Claim claim) {
            Promise<Landing> fresh = Promise.promise();
            Promise<Landing> running = flights.putIfAbsent(flight, fresh);
            if (running == null
                    && !proving.begin(
                            presented.source().source(), claimed(flight), () -> run(token, flight, keys, claim, fresh))) {
                count(Outcome.NOT_RUN);
                land(flight, fresh, new Landing(Outcome.NOT_RUN, null));
            }
            Future<Landing> landing = (running == null ? fresh : running).future();
            if (landing.isComplete()) {
                return verdict(landing.result());
            }
            CallersLoop loop = CallersLoop.current();
            Promise<Verdict> answer = Promise.promise();
            landing.onSuccess(came -> loop.run(() -> verdict(came).onSuccess(answer::complete)));
            return answer.future();
        }

        private String claimed(Flight flight) {
            String name = flight.realm().issuer().name() + " " + Quoted.of(String.valueOf(flight.key().kid()));
            return name.length() > LONGEST_CLAIM ? name.substring(0, LONGEST_CLAIM) : name;
        }

        /** On a proving thread. */
        private boolean run(
                UnverifiedToken token, Flight flight, KeySet keys, Claim claim, Promise<Landing> landing) {
            Landing made = new Landing(Outcome.FAILED, null);
            try {
                VerifiedToken verified = Verifier.verify(token, flight.key(), claim.algorithm());
                if (verified == null) {
                    memory.disprove(digest, now, flight.realm(), keys);
                    made = new Landing(Outcome.WRONG, null);
                } else {
                    Realm realm = flight.realm();
                    Known known = new Known(
                            realm.issuer(),
                            flight.key(),
                            claim.end(),
                            new Known.Standing(now, realm, realm.answer(verified)));
                    memory.prove(digest, known);
                    made = new Landing(Outcome.PROVEN, known);
                }
            } catch (JOSEException | RuntimeException | LinkageError e) {
                complain(now, e);
            } finally {
                count(made.outcome());
                land(flight, landing, made);
            }
            return made.outcome() != Outcome.WRONG;
        }

        private void land(Flight flight, Promise<Landing> landing, Landing made) {
            flights.remove(flight);
            landing.complete(made);
        }

        /** Judged by the identities of this moment. */
        private Future<Verdict> verdict(Landing landing) {
            Realms current = realms;
            return switch (landing.outcome()) {
                case NOT_RUN -> Answers.BUSY;
                case FAILED -> Answers.BROKEN;
                case WRONG -> current == now ? Answers.WRONG : anew(current);
                case PROVEN -> {
                    Known known = Objects.requireNonNull(landing.known());
                    Future<Verdict> answer = standing(known, text, current);
                    yield answer == null ? anew(current) : answer;
                }
            };
        }

        private Future<Verdict> anew(Realms current) {
            if (!again) {
                return Answers.CHANGED;
            }
            Future<Verdict> answer = new Attempt(digest, text, presented, current, false).judge();
            // Its issuer is gone.
            return answer == null ? Answers.WRONG : answer;
        }
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case PROVEN -> counts.proven().increment();
            case WRONG -> counts.refused().increment();
            case FAILED -> counts.failed().increment();
            case NOT_RUN -> counts.busy().increment();
        }
    }

    /** Once for each snapshot. Only the kind of fault: its message might quote what was presented. */
    private void complain(Realms snapshot, Throwable fault) {
        if (complainedAbout != snapshot) {
            complainedAbout = snapshot;
            LOG.error(
                    "a token could not be verified, its sender was told to try again: {}",
                    fault.getClass().getName());
        }
    }

    /** Nothing is fetched any more. */
    @Override
    public void close() {
        sources.close();
    }
}
