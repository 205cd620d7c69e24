package io.ringgate.auth.mtls;

import io.ringgate.auth.Login;
import io.ringgate.auth.LoginMatch;
import io.ringgate.auth.Verdict;
import io.ringgate.config.EdgeCredential;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.tls.ClientCertificate;
import io.vertx.core.Future;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Who holds which certificate: an immutable snapshot, which finds by hash however many there are. */
public final class CertificateIndex implements Function<ClientCertificate, Future<Verdict>> {

    /** The certificate names no edge. */
    static final Future<Verdict> NOBODY = refused();

    /** It names several edges, or what it names cannot be read: nobody can say whose it is. */
    private static final Future<Verdict> DOUBTFUL = refused();

    private final Map<EdgeCredential.Certificate, Login> logins;

    private CertificateIndex(Map<EdgeCredential.Certificate, Login> logins) {
        this.logins = Map.copyOf(logins);
    }

    public static CertificateIndex of(Map<EdgeCredential.Certificate, Login> logins) {
        return new CertificateIndex(logins);
    }

    @Override
    public Future<Verdict> apply(ClientCertificate certificate) {
        Set<EdgeCredential.Certificate> facts;
        try {
            facts = CertificateFacts.of(certificate.own());
        } catch (CertificateParsingException | CertificateEncodingException e) {
            return DOUBTFUL;
        }
        LoginMatch match = new LoginMatch.Nobody();
        for (EdgeCredential.Certificate fact : facts) {
            match = match.and(logins.get(fact));
        }
        return switch (match) {
            case LoginMatch.One(Login login) -> Future.succeededFuture(new Verdict.Known(login));
            case LoginMatch.Nobody _ -> NOBODY;
            case LoginMatch.Several _ -> DOUBTFUL;
        };
    }

    private static Future<Verdict> refused() {
        return Future.succeededFuture(new Verdict.Refused(new Rejection.Unauthenticated(Reason.WRONG_CREDENTIAL)));
    }
}
