package io.ringgate.auth;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All methods of authentication, as one. An Authorization header goes to the first method that takes it, a client
 * certificate to its own. Who sends both must be the same edge by both, else the request is refused.
 *
 * <p>Any thread calls. A cached verification is not enough: the credential may be over by now, so each request asks.
 */
public final class AuthenticationMethods implements Authenticator {

    private final List<AuthenticationMethod> header;
    private final @Nullable AuthenticationMethod certificate;
    private final LongSupplier wallClock;

    /**
     * @param header those that judge an Authorization header, the first that takes it does
     * @param certificate the one that judges certificates; null where certificates do not authenticate
     * @param wallClock milliseconds of Unix time
     */
    public AuthenticationMethods(
            List<AuthenticationMethod> header, @Nullable AuthenticationMethod certificate, LongSupplier wallClock) {
        this.header = List.copyOf(header);
        this.certificate = certificate;
        this.wallClock = wallClock;
    }

    @Override
    public Future<Verdict> identify(PresentedCredentials presented) {
        Future<Verdict> byHeader = presented.authorization() == null ? null : byHeader(presented);
        Future<Verdict> byCertificate =
                presented.certificate() == null || certificate == null ? null : certificate.identify(presented);
        if (byHeader == null) {
            return byCertificate == null ? Refusals.NO_CREDENTIAL : one(byCertificate);
        }
        return byCertificate == null ? one(byHeader) : both(byHeader, byCertificate);
    }

    private Future<Verdict> byHeader(PresentedCredentials presented) {
        for (AuthenticationMethod method : header) {
            Future<Verdict> found = method.identify(presented);
            if (found != null) {
                return found;
            }
        }
        return Refusals.WRONG;
    }

    /** A cached answer is complete already, and nothing is allocated for it. */
    private Future<Verdict> one(Future<Verdict> found) {
        if (found.succeeded()) {
            Verdict verdict = found.result();
            return holds(verdict) ? found : Refusals.WRONG;
        }
        return found.map(verdict -> holds(verdict) ? verdict : Refusals.WRONG.result());
    }

    private Future<Verdict> both(Future<Verdict> first, Future<Verdict> second) {
        return Future.join(first, second).transform(joined -> {
            if (joined.failed()) {
                return Future.failedFuture(joined.cause());
            }
            if (first.result() instanceof Verdict.Known one && second.result() instanceof Verdict.Known other) {
                return one.edge().equals(other.edge()) && holds(one) && holds(other) ? first : Refusals.WRONG;
            }
            return first.result() instanceof Verdict.Refused ? first : second;
        });
    }

    /** False for a credential that is over. What holds was seen now. */
    private boolean holds(Verdict verdict) {
        if (verdict instanceof Verdict.Known(Login login)) {
            long now = wallClock.getAsLong();
            if (login.isOver(now)) {
                return false;
            }
            login.lastSeen().at(now);
        }
        return true;
    }
}
