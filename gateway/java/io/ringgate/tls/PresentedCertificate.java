package io.ringgate.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that the client of one connection has sent, in this handshake or in that of the session it resumes. It
 * was good then; whether it is now is asked for every request. While the authorities are the same and the time is
 * within that of the whole path, the answer is three comparisons.
 *
 * <p>On its connection's event loop only.
 */
public final class PresentedCertificate {

    /** What there is to say of it now. */
    public enum Finding {
        /** None was sent, or none is asked for any more: other credentials count. */
        NONE,
        /** None was sent where writes need one. */
        MISSING,
        GOOD,
        /** It was good once, but none of the active authorities vouches for it now. */
        BAD
    }

    private final ClientCertificatePolicy terms;
    private final @Nullable ClientCertificate certificate;

    private @Nullable ClientTrust judge;
    private ClientTrust.@Nullable ValidPeriod validPeriod;

    PresentedCertificate(ClientCertificatePolicy terms, @Nullable ClientCertificate certificate) {
        this.terms = terms;
        this.certificate = certificate;
    }

    /** Of a session whose handshake is over. */
    public static PresentedCertificate in(SSLSession session, ClientCertificatePolicy terms) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate each : session.getPeerCertificates()) {
                chain.add((X509Certificate) each);
            }
        } catch (SSLPeerUnverifiedException none) {
            // So it has sent none.
        }
        return new PresentedCertificate(terms, chain.isEmpty() ? null : new ClientCertificate(chain));
    }

    /** Null when none was sent. */
    public @Nullable ClientCertificate certificate() {
        return certificate;
    }

    public Finding check() {
        ClientTrust now = terms.authorities().current();
        if (now == null) {
            return Finding.NONE;
        }
        if (certificate == null) {
            return terms.required() ? Finding.MISSING : Finding.NONE;
        }
        return isGood(certificate, now, terms.authorities().millis()) ? Finding.GOOD : Finding.BAD;
    }

    @SuppressWarnings("ReferenceEquality") // the very snapshot: to compare what it says would take long
    private boolean isGood(ClientCertificate shown, ClientTrust now, long millis) {
        ClientTrust.ValidPeriod before = validPeriod;
        if (now == judge && (before == null || before.holds(millis))) {
            return before != null;
        }
        judge = now;
        validPeriod = judged(shown, now, millis);
        return validPeriod != null;
    }

    private static ClientTrust.@Nullable ValidPeriod judged(ClientCertificate shown, ClientTrust by, long millis) {
        try {
            return by.judge(shown.chain(), millis);
        } catch (UntrustedClient notAnyMore) {
            return null;
        }
    }
}
