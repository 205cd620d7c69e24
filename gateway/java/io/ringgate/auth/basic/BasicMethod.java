package io.ringgate.auth.basic;

import io.ringgate.auth.AuthenticationMethod;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Refusals;
import io.ringgate.auth.Verdict;
import io.ringgate.edge.Network;
import io.ringgate.metrics.Metrics;
import io.ringgate.verification.Attempt;
import io.ringgate.verification.HeaderDigest;
import io.ringgate.verification.VerificationCounters;
import io.ringgate.verification.VerificationCounters.Event;
import io.ringgate.verification.VerificationExecutor;
import io.ringgate.verification.VerificationResult;
import io.ringgate.verification.Verifier;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** HTTP Basic against htpasswd. Any thread; {@link Verifier} says on which one the answer comes. */
public final class BasicMethod implements AuthenticationMethod {

    private final HeaderDigest digests;
    private final Hasher hasher;
    private final Verifier<CheckedPassword, CheckedPassword, Verdict> verifier;
    private volatile Users users;

    /**
     * Builds one with an empty cache.
     *
     * @param digests by a key that lives as long as the process
     * @param executor where passwords are hashed
     */
    public BasicMethod(
            Users users, HeaderDigest digests, LongSupplier nanoTime, VerificationExecutor executor, Metrics metrics) {
        this(
                users,
                digests,
                nanoTime,
                executor,
                metrics,
                (password, hash) -> hash.form().matches(password, hash));
    }

    BasicMethod(
            Users users,
            HeaderDigest digests,
            LongSupplier nanoTime,
            VerificationExecutor executor,
            Metrics metrics,
            Hasher hasher) {
        this.users = users;
        this.digests = digests;
        this.hasher = hasher;
        this.verifier = new Verifier<>(
                "passwords",
                executor,
                nanoTime,
                new Refusals("the credential cannot be checked now"),
                counters(metrics));
    }

    /** The pool counts what is refused without a check. */
    private static VerificationCounters counters(Metrics metrics) {
        String hashes = "ringgate_auth_hashes_total";
        return new VerificationCounters(Map.of(
                Event.CACHED, metrics.counter("ringgate_auth_cache_hits_total"),
                Event.VERIFIED, metrics.counter(hashes, "outcome", "proven"),
                Event.REJECTED, metrics.counter(hashes, "outcome", "wrong"),
                Event.FAILED, metrics.counter(hashes, "outcome", "failed")));
    }

    /** Checks one password. Slow. */
    interface Hasher {
        boolean matches(byte[] password, StoredHash hash);
    }

    /** Replaces the users. A cached password counts as long as its user has the same hash. */
    public void update(Users newUsers) {
        users = newUsers;
    }

    @Override
    public @Nullable Future<Verdict> identify(PresentedCredentials presented) {
        String header = presented.authorization();
        if (header == null || !Credential.isOne(header)) {
            return null;
        }
        return header.length() > Credential.LONGEST_HEADER
                ? Refusals.WRONG
                : verifier.verify(new PasswordAttempt(digests.of(header), header, presented.counted()));
    }

    private final class PasswordAttempt implements Attempt<CheckedPassword, CheckedPassword, Verdict> {

        private final HeaderDigest.Value digest;
        private final String header;
        private final Network source;

        PasswordAttempt(HeaderDigest.Value digest, String header, Network source) {
            this.digest = digest;
            this.header = header;
            this.source = source;
        }

        @Override
        public HeaderDigest.Value digest() {
            return digest;
        }

        @Override
        public @Nullable Future<Verdict> answer(CheckedPassword verified) {
            Users.User user = users.find(verified.user());
            return user != null && user.hash().equals(verified.hash()) ? user.answer() : null;
        }

        @Override
        public boolean isStillRejected(CheckedPassword rejected) {
            Users.User user = users.find(rejected.user());
            return Objects.equals(user == null ? null : user.hash(), rejected.hash());
        }

        @Override
        public Step<CheckedPassword, CheckedPassword, Verdict> validate() {
            Credential credential = Credential.parse(header);
            if (credential == null) {
                return new Answered<>(Refusals.WRONG);
            }
            Users now = users;
            Users.User user = now.find(credential.user());
            // Found for known users too, so that it takes as long.
            StoredHash dummy = now.dummyHash(credential.user());
            CheckedPassword against = new CheckedPassword(credential.user(), user == null ? null : user.hash());
            return new Check<>(
                    new Key(digest, against),
                    source,
                    credential.user(),
                    () -> Future.succeededFuture(verify(credential, against, dummy)));
        }
    }

    /** One check: of this credential against this hash. */
    private record Key(HeaderDigest.Value digest, CheckedPassword against) {}

    private VerificationResult<CheckedPassword, CheckedPassword> verify(
            Credential credential, CheckedPassword against, StoredHash dummy) {
        StoredHash hash = against.hash();
        boolean matches = hasher.matches(credential.password(), hash == null ? dummy : hash);
        return matches && hash != null
                ? new VerificationResult.Verified<>(against)
                : new VerificationResult.Rejected<>(against);
    }
}
