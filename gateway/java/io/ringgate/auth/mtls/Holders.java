package io.ringgate.auth.mtls;

import io.ringgate.auth.Login;
import io.ringgate.auth.Verdict;
import io.ringgate.config.Credential;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.tls.ClientCertificate;
import io.vertx.core.Future;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who holds which certificate: an immutable snapshot, which finds by hash however many there are. */
public final class Holders implements Function<ClientCertificate, Future<Verdict>> {

    /** The certificate names no edge. */
    static final Future<Verdict> NOBODY = refused();

    /** It names several edges, or what it names cannot be read: nobody can say whose it is. */
    private static final Future<Verdict> DOUBTFUL = refused();

    private final Map<Credential.Certificate, Login> logins;

    private Holders(Map<Credential.Certificate, Login> logins) {
        this.logins = Map.copyOf(logins);
    }

    public static Holders of(Map<Credential.Certificate, Login> logins) {
        return new Holders(logins);
    }

    @Override
    public Future<Verdict> apply(ClientCertificate certificate) {
        Set<Credential.Certificate> facts;
        try {
            facts = CertificateFacts.of(certificate.own());
        } catch (CertificateParsingException | CertificateEncodingException e) {
            return DOUBTFUL;
        }
        Login found = null;
        for (Credential.Certificate fact : facts) {
            Login login = logins.get(fact);
            if (login != null && found != null && !login.edge().equals(found.edge())) {
                return DOUBTFUL;
            }
            found = later(found, login);
        }
        return found == null ? NOBODY : Future.succeededFuture(new Verdict.Known(found));
    }

    /** Of two logins of one edge the one that lasts longer. */
    private static @Nullable Login later(@Nullable Login one, @Nullable Login other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return end(other).isAfter(end(one)) ? other : one;
    }

    private static Instant end(Login login) {
        Instant notAfter = login.notAfter();
        return notAfter == null ? Instant.MAX : notAfter;
    }

    private static Future<Verdict> refused() {
        return Future.succeededFuture(new Verdict.Refused(new Rejection.Unproven(Reason.WRONG_CREDENTIAL)));
    }
}
