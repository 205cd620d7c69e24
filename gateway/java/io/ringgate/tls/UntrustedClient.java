package io.ringgate.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Why a client's certificate is not accepted. The message says whose it is, in the client's own words: not for an answer,
 * and for a log only when it is quoted. Its cause has the reason by which both engines choose the alert.
 */
final class UntrustedClient extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final HandshakeFault fault;

    private UntrustedClient(HandshakeFault fault, X509Certificate own, String words, @Nullable Exception cause) {
        super(words + own.getSubjectX500Principal() + " from " + own.getIssuerX500Principal(), cause);
        this.fault = fault;
    }

    static UntrustedClient revoked(X509Certificate own) {
        CertPathValidatorException cause =
                new CertPathValidatorException("revoked", null, null, -1, BasicReason.REVOKED);
        return new UntrustedClient(HandshakeFault.CLIENT_CERTIFICATE_REVOKED, own, "", cause);
    }

    static UntrustedClient unknownAuthority(X509Certificate own) {
        return new UntrustedClient(HandshakeFault.UNKNOWN_CLIENT_CA, own, "", null);
    }

    /** @param words go on after "the client's certificate" */
    static UntrustedClient unfit(X509Certificate own, String words) {
        return new UntrustedClient(HandshakeFault.OTHER, own, "the client's certificate " + words + ": ", null);
    }

    /** @param past rather than not valid yet */
    static UntrustedClient outOfTime(X509Certificate own, boolean past) {
        BasicReason reason = past ? BasicReason.EXPIRED : BasicReason.NOT_YET_VALID;
        return noPath(own, new CertPathValidatorException("out of its time", null, null, -1, reason));
    }

    /** No path to an authority, or one that does not hold. */
    static UntrustedClient noPath(X509Certificate own, CertPathValidatorException cause) {
        Reason reason = cause.getReason();
        if (reason == BasicReason.EXPIRED) {
            return new UntrustedClient(HandshakeFault.CLIENT_CERTIFICATE_EXPIRED, own, "", cause);
        }
        if (reason == BasicReason.INVALID_SIGNATURE || reason == PKIXReason.NO_TRUST_ANCHOR) {
            return new UntrustedClient(HandshakeFault.UNKNOWN_CLIENT_CA, own, "", cause);
        }
        String words = "the client's certificate is not accepted, " + cause.getMessage() + ": ";
        return new UntrustedClient(HandshakeFault.OTHER, own, words, cause);
    }

    HandshakeFault fault() {
        return fault;
    }
}
