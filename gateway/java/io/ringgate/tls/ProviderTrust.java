package io.ringgate.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Whom we trust as an identity provider: TLS for the JDK's own HTTP client, far from the way of a write. */
public final class ProviderTrust {

    private ProviderTrust() {}

    /**
     * Made once for each provider.
     *
     * @param authorities the only ones trusted; none for those that the JDK knows
     */
    public static SSLContext of(List<X509Certificate> authorities) throws TlsProblem {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {ServerTrust.of(authorities)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new TlsProblem("the authorities of an identity provider cannot be used: " + e.getMessage(), e);
        }
    }
}
