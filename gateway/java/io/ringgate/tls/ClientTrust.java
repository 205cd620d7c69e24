package io.ringgate.tls;

import io.ringgate.config.ClientCaFiles;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom clients may have their certificates from, and what of theirs is revoked: an immutable snapshot of the two files. Two
 * are equal when they say the same. Any thread.
 */
public final class ClientTrust {

    /** Of the certificates that a client may send. More is work without an end in sight. */
    private static final int MOST_SENT = 10;

    private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
    private static final String FOR_ANYTHING = "2.5.29.37.0";

    private final ClientCaFiles files;
    private final List<X509Certificate> authorities;
    private final List<RevocationList> revoked;

    private ClientTrust(ClientCaFiles files, List<X509Certificate> authorities, List<RevocationList> revoked) {
        this.files = files;
        this.authorities = List.copyOf(authorities);
        this.revoked = List.copyOf(revoked);
    }

    /** Reads both files. Neither an expired authority nor a list that is out of date is a fault here. */
    public static ClientTrust load(ClientCaFiles files) throws TlsProblem {
        List<X509Certificate> authorities = Pem.certificates(files.caFile());
        Path crlFile = files.crlFile();
        return new ClientTrust(
                files, authorities, crlFile == null ? List.of() : RevocationList.load(crlFile, authorities));
    }

    /**
     * That a certificate was good, and for how long it is while nothing else changes.
     *
     * @param from in milliseconds of Unix time, as {@code until}, which is the last one
     */
    record Standing(long from, long until) {

        boolean holds(long millis) {
            return from <= millis && millis <= until;
        }
    }

    /**
     * Whether one of the authorities vouches for the first certificate of the chain, now, to be a client's.
     *
     * @param chain as the client sent it
     */
    Standing judge(List<X509Certificate> chain, long nowMillis) throws UntrustedClient {
        X509Certificate own = chain.getFirst();
        if (chain.size() > MOST_SENT) {
            throw UntrustedClient.unfit(own, "sent with more than " + (MOST_SENT - 1) + " others");
        }
        List<X509Certificate> path = new ArrayList<>(path(chain));
        path.add(anchor(own, path, nowMillis));
        for (X509Certificate certificate : path) {
            if (revoked.stream().anyMatch(list -> list.has(certificate))) {
                throw UntrustedClient.revoked(own);
            }
        }
        requireForClients(own);
        return new Standing(
                path.stream().mapToLong(ClientTrust::first).max().orElseThrow(),
                path.stream().mapToLong(ClientTrust::last).min().orElseThrow());
    }

    /**
     * From the client's own certificate up to the last one before an authority. What was sent may be in any order and more than
     * is needed; each is taken once, and nothing is tried twice.
     */
    private List<X509Certificate> path(List<X509Certificate> chain) {
        List<X509Certificate> path = new ArrayList<>(List.of(chain.getFirst()));
        List<X509Certificate> others = new ArrayList<>(chain.subList(1, chain.size()));
        X509Certificate issuer = chain.getFirst();
        while (issuer != null) {
            X509Certificate last = path.getLast();
            boolean arrived = authorities.stream().anyMatch(authority -> issued(authority, last));
            issuer = arrived
                    ? null
                    : others.stream().filter(c -> issued(c, last)).findFirst().orElse(null);
            if (issuer != null) {
                others.remove(issuer);
                path.add(issuer);
            }
        }
        return path;
    }

    private static long first(X509Certificate certificate) {
        return certificate.getNotBefore().toInstant().toEpochMilli();
    }

    private static long last(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().toEpochMilli();
    }

    private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** The authority that the path leads to. One that has expired vouches for nobody. */
    private X509Certificate anchor(X509Certificate own, List<X509Certificate> path, long nowMillis)
            throws UntrustedClient {
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate authority : authorities) {
            if (first(authority) <= nowMillis && nowMillis <= last(authority)) {
                anchors.add(new TrustAnchor(authority, null));
            }
        }
        if (anchors.isEmpty()) {
            throw UntrustedClient.unknownAuthority(own);
        }
        try {
            PKIXParameters terms = new PKIXParameters(anchors);
            terms.setRevocationEnabled(false);
            terms.setDate(Date.from(Instant.ofEpochMilli(nowMillis)));
            PKIXCertPathValidatorResult result = (PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), terms);
            return Objects.requireNonNull(result.getTrustAnchor().getTrustedCert());
        } catch (CertPathValidatorException e) {
            throw UntrustedClient.noPath(own, e);
        } catch (InvalidAlgorithmParameterException e) {
            throw UntrustedClient.unknownAuthority(own);
        } catch (GeneralSecurityException e) {
            throw UntrustedClient.unfit(own, "not understood, " + e.getClass().getSimpleName());
        }
    }

    /** A certificate that says what it is for must be for clients, and may sign a handshake. */
    private static void requireForClients(X509Certificate own) throws UntrustedClient {
        try {
            List<String> purposes = own.getExtendedKeyUsage();
            if (purposes != null && !purposes.contains(FOR_CLIENTS) && !purposes.contains(FOR_ANYTHING)) {
                throw UntrustedClient.unfit(own, "not for clients by its extended key usage");
            }
        } catch (CertificateParsingException e) {
            throw UntrustedClient.unfit(own, "not understood in its extended key usage");
        }
        boolean[] uses = own.getKeyUsage();
        if (uses != null && !uses[0]) {
            throw UntrustedClient.unfit(own, "not for signatures by its key usage");
        }
    }

    public ClientCaFiles files() {
        return files;
    }

    /** When the first of the authorities expires. */
    public Instant expiry() {
        return authorities.stream()
                .map(authority -> authority.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** When the first of the lists is out of date; null when none of them ever is. */
    public @Nullable Instant nextUpdate() {
        return revoked.stream()
                .map(RevocationList::nextUpdate)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** The authorities of which there is no list although others have one, by their names. */
    public List<String> withoutList() {
        return revoked.isEmpty()
                ? List.of()
                : authorities.stream()
                        .map(X509Certificate::getSubjectX500Principal)
                        .filter(name ->
                                revoked.stream().noneMatch(list -> list.issuer().equals(name)))
                        .distinct()
                        .map(Object::toString)
                        .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientTrust that
                && files.equals(that.files)
                && authorities.equals(that.authorities)
                && revoked.equals(that.revoked);
    }

    @Override
    public int hashCode() {
        return Objects.hash(files, authorities, revoked);
    }

    @Override
    public String toString() {
        return "ClientTrust[" + files.caFile() + "]";
    }
}
