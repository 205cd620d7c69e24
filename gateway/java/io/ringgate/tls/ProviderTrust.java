package io.ringgate.tls;

import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whom we trust as an identity provider, for Vert.x's Web Client. Receivers are trusted by {@link ClientTls}, with the same rules. */
public final class ProviderTrust {

    private ProviderTrust() {}

    /**
     * Made once for each provider.
     *
     * @param authorities the only ones trusted; none for those that the JDK knows
     */
    public static TrustOptions of(List<X509Certificate> authorities) throws TlsProblem {
        try {
            return TrustOptions.wrap(ServerTrust.of(authorities));
        } catch (GeneralSecurityException e) {
            throw new TlsProblem("the authorities of an identity provider cannot be used: " + e.getMessage(), e);
        }
    }
}
