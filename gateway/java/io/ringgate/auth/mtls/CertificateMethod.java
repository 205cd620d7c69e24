package io.ringgate.auth.mtls;

import io.ringgate.auth.Method;
import io.ringgate.auth.Presented;
import io.ringgate.auth.Verdict;
import io.ringgate.tls.ClientCertificate;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Whose a client certificate is. It is asked once for each connection and set of holders, then remembered with the
 * certificate. Any thread calls; the answer is always there at once.
 *
 * <p>A certificate that names no edge authenticates nobody: alone it is refused, beside an Authorization header that one decides,
 * so that certificates can be a wall around passwords.
 */
public final class CertificateMethod implements Method {

    private volatile Holders holders;

    public CertificateMethod(Holders holders) {
        this.holders = holders;
    }

    /** From the next request on these are known. */
    public void use(Holders newHolders) {
        holders = newHolders;
    }

    @Override
    public @Nullable Future<Verdict> identify(Presented presented) {
        ClientCertificate certificate = presented.certificate();
        if (certificate == null) {
            return null;
        }
        Future<Verdict> found = certificate.ask(holders);
        return found.equals(Holders.NOBODY) && presented.authorization() != null ? null : found;
    }
}
