package io.ringgate.auth.oauth2;

import io.ringgate.config.IntrospectionConfig;
import io.ringgate.secret.Secret;
import io.ringgate.tls.ProviderTrust;
import io.ringgate.tls.TlsProblem;
import io.vertx.core.net.TrustOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * How the provider is asked, with what its files hold.
 *
 * @param authorities whom we trust as the provider; none for those that the JDK knows
 */
public record ProviderAccess(IntrospectionConfig config, Secret clientSecret, List<X509Certificate> authorities) {

    public ProviderAccess {
        authorities = List.copyOf(authorities);
    }

    /** Made once for each client. */
    public TrustOptions trust() throws TlsProblem {
        return ProviderTrust.of(authorities);
    }

    /** Name and secret are form-encoded before they are joined (RFC 6749, 2.3.1). */
    String authorization() {
        String pair = encoded(config.clientId()) + ":" + encoded(clientSecret.revealText());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    IntrospectionResponseParser.Expected expected() {
        return new IntrospectionResponseParser.Expected(config.issuer(), config.audiences());
    }
}
