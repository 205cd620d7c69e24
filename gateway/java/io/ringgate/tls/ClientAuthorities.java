package io.ringgate.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ClientTrust} that is active at one listener. A reload replaces it, for open connections and handshakes too.
 * Any thread.
 */
public final class ClientAuthorities {

    private final LongSupplier wallClock;
    private volatile @Nullable ClientTrust now;

    /**
     * One that trusts nobody yet.
     *
     * @param wallClock milliseconds of Unix time
     */
    public ClientAuthorities(LongSupplier wallClock) {
        this.wallClock = wallClock;
    }

    /**
     * Replaces the trust, from the next check on.
     *
     * @param trust null when certificates authenticate nobody here any more
     */
    public void replace(@Nullable ClientTrust trust) {
        now = trust;
    }

    @Nullable
    ClientTrust current() {
        return now;
    }

    long millis() {
        return wallClock.getAsLong();
    }

    /**
     * What a handshake asks. It names no authority to the client: the engines would keep the names that a context began
     * with, and a client that is told none may send what it has.
     */
    X509ExtendedTrustManager trustManager() {
        return new X509ExtendedTrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String keyType, @Nullable SSLEngine engine)
                    throws CertificateException {
                ClientTrust trust = now;
                if (trust == null) {
                    throw UntrustedClient.unknownAuthority(chain[0]);
                }
                trust.judge(List.of(chain), millis());
            }

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String keyType, @Nullable Socket socket)
                    throws CertificateException {
                checkClientTrusted(chain, keyType, (SSLEngine) null);
            }

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
                checkClientTrusted(chain, keyType, (SSLEngine) null);
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String keyType, @Nullable SSLEngine engine)
                    throws CertificateException {
                throw new CertificateException("these authorities vouch for clients only");
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String keyType, @Nullable Socket socket)
                    throws CertificateException {
                checkServerTrusted(chain, keyType, (SSLEngine) null);
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
                checkServerTrusted(chain, keyType, (SSLEngine) null);
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
    }
}
