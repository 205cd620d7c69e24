package io.ringgate.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

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
            if (authorities.isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (X509Certificate authority : authorities) {
                trusted.setCertificateEntry("ca-" + trusted.size(), authority);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsProblem("the authorities of an identity provider cannot be used: " + e.getMessage(), e);
        }
    }
}
