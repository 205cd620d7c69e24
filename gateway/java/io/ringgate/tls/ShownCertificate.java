package io.ringgate.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that the client of one connection has shown, in this handshake or in that of the session it resumes. It
 * was good then; whether it is now is asked for every request. While the authorities are the same and the time is
 * within that of the whole path, the answer is three comparisons.
 *
 * <p>On its connection's event loop only.
 */
public final class ShownCertificate {

    /** What there is to say of it now. */
    public enum Finding {
        /** None is shown, or none is asked for any more: other credentials count. */
        NONE,
        /** None is shown where writes need one. */
        MISSING,
        GOOD,
        /** It was good once, but nobody of those in force now vouches for it. */
        BAD
    }

    private final ClientTerms terms;
    private final @Nullable ClientCertificate certificate;

    private @Nullable ClientTrust judge;
    private ClientTrust.@Nullable Standing standing;

    ShownCertificate(ClientTerms terms, @Nullable ClientCertificate certificate) {
        this.terms = terms;
        this.certificate = certificate;
    }

    /** Of a session whose handshake is over. */
    public static ShownCertificate in(SSLSession session, ClientTerms terms) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate each : session.getPeerCertificates()) {
                chain.add((X509Certificate) each);
            }
        } catch (SSLPeerUnverifiedException none) {
            // So it has shown none.
        }
        return new ShownCertificate(terms, chain.isEmpty() ? null : new ClientCertificate(chain));
    }

    /** Null when none is shown. */
    public @Nullable ClientCertificate certificate() {
        return certificate;
    }

    public Finding look() {
        ClientTrust now = terms.authorities().now();
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
        ClientTrust.Standing before = standing;
        if (now == judge && (before == null || before.holds(millis))) {
            return before != null;
        }
        judge = now;
        standing = judged(shown, now, millis);
        return standing != null;
    }

    private static ClientTrust.@Nullable Standing judged(ClientCertificate shown, ClientTrust by, long millis) {
        try {
            return by.judge(shown.chain(), millis);
        } catch (UntrustedClient notAnyMore) {
            return null;
        }
    }
}
