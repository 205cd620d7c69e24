package io.ringgate.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a client has shown in its handshake, by which an authority of ours vouches for it.
 *
 * @param chain its own certificate first
 */
public record ClientCertificate(List<X509Certificate> chain) {

    public ClientCertificate {
        chain = List.copyOf(chain);
    }

    /** The client's own. */
    public X509Certificate own() {
        return chain.getFirst();
    }

    @Override
    public String toString() {
        return "ClientCertificate[" + own().getSubjectX500Principal() + "]";
    }
}
