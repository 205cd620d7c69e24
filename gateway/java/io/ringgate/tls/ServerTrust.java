package io.ringgate.tls;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom we trust as a server that we call: the JDK's judgement, and the server's name must stand among the alternative names of
 * its certificate. The JDK by itself takes the common name where there is no DNS name, which name constraints of an
 * authority say nothing of. Immutable, any thread.
 */
final class ServerTrust extends X509ExtendedTrustManager {

    private static final Integer DNS_NAME = 2;

    private final X509ExtendedTrustManager jdk;

    private ServerTrust(X509ExtendedTrustManager jdk) {
        this.jdk = jdk;
    }

    /** @param authorities the only ones trusted; none for those that the JDK knows */
    static ServerTrust of(List<X509Certificate> authorities) throws GeneralSecurityException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(authorities.isEmpty() ? null : store(authorities));
        for (TrustManager manager : managers.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return new ServerTrust(extended);
            }
        }
        throw new GeneralSecurityException("the JDK has no trust manager for certificates");
    }

    private static KeyStore store(List<X509Certificate> authorities) throws GeneralSecurityException {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (X509Certificate authority : authorities) {
                trusted.setCertificateEntry("ca-" + trusted.size(), authority);
            }
            return trusted;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** @param host by which it was called; null where that is not known */
    private static void requireAlternativeName(X509Certificate server, @Nullable String host)
            throws CertificateException {
        Collection<List<?>> names = server.getSubjectAlternativeNames();
        boolean hasDnsName = names != null && names.stream().anyMatch(name -> DNS_NAME.equals(name.get(0)));
        boolean byAddress = host != null && (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host));
        if (!hasDnsName && !byAddress) {
            throw new CertificateException("the server's certificate " + server.getSubjectX500Principal()
                    + " has no DNS name among its alternative names, and its common name does not count");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        jdk.checkServerTrusted(chain, authType, engine);
        requireAlternativeName(Objects.requireNonNull(chain[0]), engine == null ? null : engine.getPeerHost());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        jdk.checkServerTrusted(chain, authType, socket);
        requireAlternativeName(Objects.requireNonNull(chain[0]), null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        jdk.checkServerTrusted(chain, authType);
        requireAlternativeName(Objects.requireNonNull(chain[0]), null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw forServersOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw forServersOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw forServersOnly();
    }

    private static CertificateException forServersOnly() {
        return new CertificateException("these authorities vouch for servers only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return jdk.getAcceptedIssuers();
    }
}
