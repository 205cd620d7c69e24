package io.ringgate.tls;

import io.ringgate.config.CertificateFiles;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One certificate chain with its key, checked to belong together. Two are equal when they say the same.
 *
 * @param names the DNS names of the first certificate as it has them; addresses never come in SNI
 * @param addresses its IP addresses
 * @param expiry when the first of the chain expires
 */
public record ServerCertificate(
        CertificateFiles files,
        List<X509Certificate> chain,
        PrivateKey key,
        List<String> names,
        List<String> addresses,
        Instant expiry) {

    private static final Integer DNS_NAME = 2;
    private static final Integer IP_ADDRESS = 7;

    /** Reads and checks the pair. */
    public static ServerCertificate load(CertificateFiles files) throws TlsProblem {
        List<X509Certificate> chain = Pem.certificates(files.certFile());
        X509Certificate own = chain.getFirst();
        PrivateKey key = PrivateKeyFile.read(files, own.getPublicKey());
        Instant expiry = chain.stream()
                .map(c -> c.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
        return new ServerCertificate(
                files, chain, key, names(files, own, DNS_NAME), names(files, own, IP_ADDRESS), expiry);
    }

    private static List<String> names(CertificateFiles files, X509Certificate certificate, Integer kind)
            throws TlsProblem {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            List<String> names = new ArrayList<>();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (kind.equals(name.get(0))) {
                    names.add((String) name.get(1));
                }
            }
            return names;
        } catch (CertificateParsingException e) {
            throw new TlsProblem(files.certFile() + " has alternative names that cannot be decoded", e);
        }
    }

    CertificateFacts facts() {
        return new CertificateFacts(files.certFile(), names, addresses, expiry);
    }

    @Override
    public String toString() {
        return "ServerCertificate" + names;
    }
}
