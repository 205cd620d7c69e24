package io.ringgate.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * What one authority has revoked, which it had signed when it was read. Two are equal when they say the same.
 *
 * @param nextUpdate when the authority promised a newer one; null when it did not
 */
record RevocationList(
        X500Principal issuer, Instant issued, @Nullable Instant nextUpdate, Set<BigInteger> serials) {

    /** A list of a hundred thousand certificates has some four megabytes. */
    private static final long LARGEST = 32 << 20;

    private static final String PEM_TYPE = "X509 CRL";
    private static final int SIGN_LISTS = 6;
    private static final String DELTA = "2.5.29.27";

    RevocationList {
        serials = Set.copyOf(serials);
    }

    boolean has(X509Certificate certificate) {
        return serials.contains(certificate.getSerialNumber()) && issuer.equals(certificate.getIssuerX500Principal());
    }

    /**
     * All lists of a file, at least one, in PEM or DER.
     *
     * @param authorities one of them must have signed each: else nobody can tell whether something was taken out of it
     */
    static List<RevocationList> load(Path file, List<X509Certificate> authorities) throws TlsProblem {
        List<RevocationList> lists = new ArrayList<>();
        for (X509CRL crl : decode(file)) {
            lists.add(checked(crl, file, authorities));
        }
        if (lists.isEmpty()) {
            throw new TlsProblem(file + " holds no list of revoked certificates: name a CRL in PEM or DER");
        }
        return lists;
    }

    private static List<X509CRL> decode(Path file) throws TlsProblem {
        String text = Pem.text(file, LARGEST);
        List<X509CRL> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            if (text.contains("-----BEGIN ")) {
                for (Pem block : Pem.read(file, text)) {
                    if (block.type().equals(PEM_TYPE)) {
                        found.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(block.der())));
                    }
                }
            } else {
                byte[] der = text.getBytes(StandardCharsets.ISO_8859_1);
                for (CRL crl : factory.generateCRLs(new ByteArrayInputStream(der))) {
                    found.add((X509CRL) crl);
                }
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new TlsProblem(
                    file + " holds a list of revoked certificates that cannot be decoded: write the file again", e);
        }
    }

    private static RevocationList checked(X509CRL crl, Path file, List<X509Certificate> authorities) throws TlsProblem {
        X500Principal issuer = crl.getIssuerX500Principal();
        if (authorities.stream().noneMatch(authority -> signed(crl, authority))) {
            throw new TlsProblem(file + " has a list that no authority of client_ca_file has signed, it says " + issuer
                    + ": add that authority there, or name its true list");
        }
        if (crl.getCriticalExtensionOIDs() != null
                && crl.getCriticalExtensionOIDs().contains(DELTA)) {
            throw new TlsProblem(
                    file + " has a list of changes only (a delta CRL) of " + issuer + ": name the whole list");
        }
        Set<BigInteger> serials = new HashSet<>();
        Set<? extends X509CRLEntry> entries = crl.getRevokedCertificates();
        for (X509CRLEntry entry : entries == null ? Set.<X509CRLEntry>of() : entries) {
            if (entry.getCertificateIssuer() != null) {
                throw new TlsProblem(file + " has a list of " + issuer
                        + " with certificates of other authorities (an indirect CRL): name each authority's own list");
            }
            serials.add(entry.getSerialNumber());
        }
        Date next = crl.getNextUpdate();
        return new RevocationList(
                issuer, crl.getThisUpdate().toInstant(), next == null ? null : next.toInstant(), serials);
    }

    private static boolean signed(X509CRL crl, X509Certificate authority) {
        boolean[] uses = authority.getKeyUsage();
        if (!authority.getSubjectX500Principal().equals(crl.getIssuerX500Principal())
                || (uses != null && !uses[SIGN_LISTS])) {
            return false;
        }
        try {
            crl.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
