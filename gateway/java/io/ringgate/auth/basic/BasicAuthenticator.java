package io.ringgate.auth.basic;

import io.ringgate.auth.CallersLoop;
import io.ringgate.auth.HeaderDigest;
import io.ringgate.auth.Method;
import io.ringgate.auth.Presented;
import io.ringgate.auth.Proving;
import io.ringgate.auth.Verdict;
import io.ringgate.edge.Network;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP Basic against htpasswd. A credential is hashed once and then known by its digest for five minutes.
 *
 * <p>Any thread calls; the answer comes back on the caller's loop, for a known credential at once. The same credential
 * presented many times while it is being hashed is hashed once.
 */
public final class BasicAuthenticator implements Method {

    private static final Logger LOG = LoggerFactory.getLogger(BasicAuthenticator.class);

    private static final Future<Verdict> WRONG = refused(new Rejection.Unproven(Reason.WRONG_CREDENTIAL));
    private static final Future<Verdict> BUSY =
            unavailable("too many credentials wait to be checked or were wrong lately");
    private static final Future<Verdict> CHANGED = unavailable("the password file changed just now");
    private static final Future<Verdict> BROKEN = unavailable("the credential cannot be checked now");

    private final HeaderDigest digests;
    private final Proofs proofs;
    private final Proving proving;
    private final Hasher hasher;
    private final Counts counts;
    private final ConcurrentMap<Flight, Hashing> flights = new ConcurrentHashMap<>();
    private volatile Users users;
    private volatile @Nullable Users complainedAbout;

    /**
     * Builds one with an empty cache.
     *
     * @param digests by a key that lives as long as the process
     * @param proving where passwords are hashed
     */
    public BasicAuthenticator(
            Users users, HeaderDigest digests, LongSupplier nanoTime, Proving proving, Metrics metrics) {
        this(
                users,
                digests,
                nanoTime,
                proving,
                metrics,
                (password, hash) -> hash.form().matches(password, hash));
    }

    BasicAuthenticator(
            Users users, HeaderDigest digests, LongSupplier nanoTime, Proving proving, Metrics metrics, Hasher hasher) {
        this.users = users;
        this.digests = digests;
        this.proofs = new Proofs(nanoTime);
        this.proving = proving;
        this.hasher = hasher;
        this.counts = Counts.in(metrics);
    }

    /** Checks one password. Slow. */
    interface Hasher {
        boolean matches(byte[] password, StoredHash hash);
    }

    /** From now on these log in. What was proven by a hash that is gone is forgotten with it. */
    public void use(Users users) {
        this.users = users;
    }

    @Override
    public @Nullable Future<Verdict> identify(Presented presented) {
        String header = presented.authorization();
        if (header == null || !Credential.isOne(header)) {
            return null;
        }
        if (header.length() > Credential.LONGEST_HEADER) {
            return WRONG;
        }
        Users now = users;
        HeaderDigest.Value digest = digests.of(header);
        Users.User known = proofs.holder(digest, now);
        if (known != null) {
            counts.hits().increment();
            return known.answer();
        }
        Credential credential = Credential.parse(header);
        return credential == null || proofs.isDisproven(digest, now)
                ? WRONG
                : hash(digest, credential, now, presented.counted(), true);
    }

    /**
     * Joins the hashing that is under way for the same credential and the same hash, or begins it.
     *
     * @param source where it was presented this time
     * @param again whether to try once more when the user got another hash meanwhile
     */
    private Future<Verdict> hash(
            HeaderDigest.Value digest, Credential credential, Users now, Network source, boolean again) {
        Users.User user = now.find(credential.user());
        // Found for known users too, so that it takes as long.
        StoredHash standIn = now.standIn(credential.user());
        StoredHash hash = user == null ? standIn : user.hash();
        Flight flight = new Flight(digest, user != null, hash);
        Hashing fresh = new Hashing(flight, credential, now);
        Hashing running = flights.putIfAbsent(flight, fresh);
        if (running == null && !proving.begin(source, credential.user(), fresh)) {
            fresh.dropped();
        }
        Future<Outcome> outcome = (running == null ? fresh : running).landing.future();
        if (outcome.isComplete()) {
            return verdict(outcome.result(), flight, credential, source, again);
        }
        CallersLoop loop = CallersLoop.current();
        Promise<Verdict> answer = Promise.promise();
        outcome.onSuccess(came ->
                loop.run(() -> verdict(came, flight, credential, source, again).onSuccess(answer::complete)));
        return answer.future();
    }

    /** One hashing for all who wait for it: of this credential by the users of one moment. */
    private final class Hashing implements Proving.Proof {

        private final Flight flight;
        private final Credential credential;
        private final Users snapshot;
        private final Promise<Outcome> landing = Promise.promise();

        Hashing(Flight flight, Credential credential, Users snapshot) {
            this.flight = flight;
            this.credential = credential;
            this.snapshot = snapshot;
        }

        /** What broke has shown nothing. */
        @Override
        public boolean make() {
            Outcome outcome = Outcome.FAILED;
            try {
                outcome = hashed();
            } catch (RuntimeException | LinkageError e) {
                complain(snapshot, e);
            } finally {
                counts.hashed(outcome);
                land(outcome);
            }
            return outcome != Outcome.WRONG;
        }

        private Outcome hashed() {
            if (hasher.matches(credential.password(), flight.hash()) && flight.known()) {
                proofs.prove(flight.digest(), new Proofs.Proof(credential.user(), flight.hash()));
                return Outcome.PROVEN;
            }
            proofs.disprove(flight.digest(), snapshot);
            return Outcome.WRONG;
        }

        @Override
        public void dropped() {
            land(Outcome.NOT_RUN);
        }

        private void land(Outcome outcome) {
            flights.remove(flight);
            landing.complete(outcome);
        }
    }

    /** Judged by the users of this moment: a hash that was replaced meanwhile has shown nothing, and the new one is asked. */
    private Future<Verdict> verdict(
            Outcome outcome, Flight flight, Credential credential, Network source, boolean again) {
        Users now = users;
        Users.User user = now.find(credential.user());
        boolean stale = flight.known() ? user == null || !user.hash().equals(flight.hash()) : user != null;
        return switch (outcome) {
            case NOT_RUN -> BUSY;
            case FAILED -> BROKEN;
            case PROVEN, WRONG -> {
                if (stale) {
                    yield again ? hash(flight.digest(), credential, now, source, false) : CHANGED;
                }
                yield outcome == Outcome.PROVEN && user != null ? user.answer() : WRONG;
            }
        };
    }

    /** Once for each snapshot of users. Only the kind of fault: its message might quote what was presented. */
    private void complain(Users snapshot, Throwable fault) {
        if (complainedAbout != snapshot) {
            complainedAbout = snapshot;
            LOG.error(
                    "a password could not be checked, its sender was told to try again: {} at {}",
                    fault.getClass().getName(),
                    List.of(fault.getStackTrace()).stream()
                            .findFirst()
                            .map(Object::toString)
                            .orElse("?"));
        }
    }

    /** One hashing: of this credential against this hash, which is a stand-in for a user who is not known. */
    private record Flight(HeaderDigest.Value digest, boolean known, StoredHash hash) {}

    private static Future<Verdict> refused(Rejection rejection) {
        return Future.succeededFuture(new Verdict.Refused(rejection));
    }

    private static Future<Verdict> unavailable(String sentence) {
        return refused(new Rejection.Plain(Reason.PROOF_UNAVAILABLE, sentence));
    }
}
