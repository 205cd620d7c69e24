package io.ringgate.auth;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All methods of authentication as one {@link Authenticator}. An Authorization header goes to the first method that accepts its
 * form, a client certificate to its own method. With both, both must authenticate the same edge, else the request is refused.
 *
 * <p>Any thread. A cached verification is not enough: the credential may have expired since, so each request checks that.
 */
public final class AuthenticationMethods implements Authenticator {

    private final List<AuthenticationMethod> header;
    private final @Nullable AuthenticationMethod certificate;
    private final LongSupplier wallClock;

    /**
     * @param header the methods for an Authorization header, in the order in which they are tried
     * @param certificate the method for certificates; null where certificates do not authenticate
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
            return isValidNow(verdict) ? found : Refusals.WRONG;
        }
        return found.map(verdict -> isValidNow(verdict) ? verdict : Refusals.WRONG.result());
    }

    private Future<Verdict> both(Future<Verdict> first, Future<Verdict> second) {
        return Future.join(first, second).transform(joined -> {
            if (joined.failed()) {
                return Future.failedFuture(joined.cause());
            }
            if (first.result() instanceof Verdict.Known one && second.result() instanceof Verdict.Known other) {
                return one.edge().equals(other.edge()) && isValidNow(one) && isValidNow(other) ? first : Refusals.WRONG;
            }
            return first.result() instanceof Verdict.Refused ? first : second;
        });
    }

    /** False for a credential that has expired; otherwise records that it was used now. */
    private boolean isValidNow(Verdict verdict) {
        if (verdict instanceof Verdict.Known(Login login)) {
            long now = wallClock.getAsLong();
            if (login.isExpired(now)) {
                return false;
            }
            login.lastSeen().at(now);
        }
        return true;
    }
}
