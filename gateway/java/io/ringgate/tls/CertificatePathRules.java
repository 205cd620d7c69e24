package io.ringgate.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a client's certificate and each authority above it that the JDK's path validation does not check. It checks
 * signatures, times, and the constraints of intermediate certificates, but not the trust anchor: here that is checked like every
 * authority.
 */
final class CertificatePathRules {

    private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
    private static final String FOR_ANYTHING = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int SIGN_CERTIFICATES = 5;

    private CertificatePathRules() {}

    /** Whether it is an authority by its basic constraints. A certificate of X.509 version 1 has none, so it is not. */
    static boolean isAuthority(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }

    /** Why it is no client certificate, after "it"; null when it is one. */
    static @Nullable String faultOfClient(X509Certificate own) {
        if (isAuthority(own)) {
            return "is a CA certificate by its basic constraints";
        }
        if (!isForClients(own)) {
            return "is not for clients by its extended key usage";
        }
        boolean[] uses = own.getKeyUsage();
        if (uses != null && !uses[DIGITAL_SIGNATURE]) {
            return "is not for signatures by its key usage";
        }
        String weak = KeyStrength.weakKey(own);
        return weak == null ? null : "has " + weak;
    }

    /** Why it may not issue client certificates, after "it"; null when it may. */
    static @Nullable String faultOfAuthority(X509Certificate authority) {
        if (!isAuthority(authority)) {
            return "is no CA by its basic constraints";
        }
        boolean[] uses = authority.getKeyUsage();
        if (uses != null && !uses[SIGN_CERTIFICATES]) {
            return "may not sign certificates by its key usage";
        }
        if (!isForClients(authority)) {
            return "is not for clients by its extended key usage";
        }
        if (authority.hasUnsupportedCriticalExtension()) {
            return "has an unsupported critical extension";
        }
        String weak = KeyStrength.weakKey(authority);
        if (weak != null) {
            return "has " + weak;
        }
        try {
            NameConstraints.of(authority);
            return null;
        } catch (CertificateParsingException e) {
            return "has name constraints that cannot be read";
        }
    }

    /** One that says what it is for must be for clients. */
    private static boolean isForClients(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.contains(FOR_CLIENTS) || purposes.contains(FOR_ANYTHING);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /**
     * Refuses a path that does not hold.
     *
     * @param path from the client's own certificate up to the highest authority, that one included
     */
    static void check(List<X509Certificate> path) throws UntrustedClient {
        X509Certificate own = path.getFirst();
        String fault = faultOfClient(own);
        if (fault != null) {
            throw UntrustedClient.unfit(own, fault);
        }
        List<X509Certificate> below = new ArrayList<>();
        for (X509Certificate authority : path) {
            if (!below.isEmpty()) {
                fault = faultOfAuthority(authority, below);
                if (fault != null) {
                    throw UntrustedClient.unfit(
                            own, "is below " + authority.getSubjectX500Principal() + ", which " + fault);
                }
            }
            below.add(authority);
        }
    }

    /**
     * Why a chain of authorities may not issue client certificates, after "it"; null when it may.
     *
     * @param way from the lowest authority up
     */
    static @Nullable String faultOfWay(List<X509Certificate> way) {
        X509Certificate lowest = way.getFirst();
        String fault = faultOfAuthority(lowest);
        for (int i = 1; i < way.size() && fault == null; i++) {
            X509Certificate above = way.get(i);
            fault = faultOfAuthority(above);
            String weak = fault == null ? KeyStrength.weakSignature(way.get(i - 1)) : null;
            fault = weak == null ? fault : "has given " + weak;
            fault = fault == null ? null : "is below " + above.getSubjectX500Principal() + ", which " + fault;
        }
        return fault;
    }

    /** @param below from the client's own up */
    private static @Nullable String faultOfAuthority(X509Certificate authority, List<X509Certificate> below) {
        String fault = faultOfAuthority(authority);
        if (fault != null) {
            return fault;
        }
        String weak = KeyStrength.weakSignature(below.getLast());
        if (weak != null) {
            return "has given " + weak;
        }
        long between =
                below.stream().skip(1).filter(each -> !isSelfIssued(each)).count();
        if (between > authority.getBasicConstraints()) {
            return "allows " + authority.getBasicConstraints() + " authorities below it, not " + between;
        }
        return permitsNames(authority, below) ? null : "may not issue to these names by its name constraints";
    }

    private static boolean permitsNames(X509Certificate authority, List<X509Certificate> below) {
        try {
            NameConstraints constraints = NameConstraints.of(authority);
            for (int i = 0; i < below.size() && !constraints.areNone(); i++) {
                X509Certificate each = below.get(i);
                boolean last = i == 0;
                if ((last || !isSelfIssued(each)) && !constraints.permit(CertificateName.of(each, last))) {
                    return false;
                }
            }
            return true;
        } catch (CertificateParsingException | IllegalArgumentException e) {
            return false;
        }
    }

    static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
