package io.ringgate.auth.mtls;

import io.ringgate.auth.AuthenticationMethod;
import io.ringgate.auth.PresentedCredentials;
import io.ringgate.auth.Verdict;
import io.ringgate.tls.ClientCertificate;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Whose a client certificate is. It is asked once for each connection and set of index, then remembered with the
 * certificate. Any thread calls; the answer is always there at once.
 *
 * <p>A certificate that names no edge authenticates nobody: alone it is refused, beside an Authorization header that one decides,
 * so that certificates can be a wall around passwords.
 */
public final class CertificateMethod implements AuthenticationMethod {

    private volatile CertificateIndex index;

    public CertificateMethod(CertificateIndex index) {
        this.index = index;
    }

    /** Replaces the index, from the next request on. */
    public void update(CertificateIndex next) {
        index = next;
    }

    @Override
    public @Nullable Future<Verdict> identify(PresentedCredentials presented) {
        ClientCertificate certificate = presented.certificate();
        if (certificate == null) {
            return null;
        }
        Future<Verdict> found = certificate.ask(index);
        return found.equals(CertificateIndex.NOBODY) && presented.authorization() != null ? null : found;
    }
}
