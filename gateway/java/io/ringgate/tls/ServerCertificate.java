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
 * @param begin from when on the whole chain is valid
 * @param expiry when the first of the chain expires
 */
public record ServerCertificate(
        CertificateFiles files,
        List<X509Certificate> chain,
        PrivateKey key,
        List<String> names,
        List<String> addresses,
        Instant begin,
        Instant expiry) {

    private static final Integer DNS_NAME = 2;
    private static final Integer IP_ADDRESS = 7;

    /** Reads and checks the pair. */
    public static ServerCertificate load(CertificateFiles files) throws TlsProblem {
        List<X509Certificate> chain = Pem.certificates(files.certFile());
        X509Certificate own = chain.getFirst();
        PrivateKey key = PrivateKeyFile.read(files, own.getPublicKey());
        Instant begin = chain.stream()
                .map(c -> c.getNotBefore().toInstant())
                .max(Instant::compareTo)
                .orElseThrow();
        Instant expiry = chain.stream()
                .map(c -> c.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
        return new ServerCertificate(
                files, chain, key, names(files, own, DNS_NAME), names(files, own, IP_ADDRESS), begin, expiry);
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

    /** Why clients refuse it at a moment, each with what to do; none for one that they may take. */
    public List<String> faults(Instant now) {
        List<String> faults = new ArrayList<>();
        if (!now.isBefore(expiry)) {
            faults.add("has expired on " + expiry + ": clients refuse it, put a new one in its place");
        }
        if (now.isBefore(begin)) {
            faults.add("is not valid before " + begin
                    + ": clients refuse it until then, look at the clock of whoever issued it");
        }
        if (names.isEmpty() && addresses.isEmpty()) {
            faults.add(
                    "has no subject alternative name: Prometheus and everything else in Go refuses it, issue it with the"
                            + " names and addresses that clients call");
        }
        return faults;
    }

    @Override
    public String toString() {
        return "ServerCertificate" + names;
    }
}
