package io.ringgate.tls;

import io.ringgate.config.ClientCaFiles;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The authorities that client certificates may come from, and the revoked certificates: an immutable snapshot of both files. Two
 * are equal when their contents are. Any thread.
 */
public final class ClientTrust {

    /** Of the certificates that a client may send. More is work without an end in sight. */
    private static final int MOST_SENT = 10;

    private final ClientCaFiles files;
    private final ClientCaCertificates listed;
    private final List<RevocationList> revoked;

    private ClientTrust(ClientCaFiles files, ClientCaCertificates listed, List<RevocationList> revoked) {
        this.files = files;
        this.listed = listed;
        this.revoked = List.copyOf(revoked);
    }

    /** Reads both files. Neither an expired authority nor a list that is out of date is a fault here. */
    public static ClientTrust load(ClientCaFiles files) throws TlsProblem {
        ClientCaCertificates listed = ClientCaCertificates.load(files.caFile());
        Path crlFile = files.crlFile();
        return new ClientTrust(
                files, listed, crlFile == null ? List.of() : RevocationList.load(crlFile, listed.authorities()));
    }

    /**
     * That a certificate was good, and for how long it is while nothing else changes.
     *
     * @param from in milliseconds of Unix time, as {@code until}, which is the last one
     */
    record ValidPeriod(long from, long until) {

        boolean holds(long millis) {
            return from <= millis && millis <= until;
        }
    }

    /**
     * Whether one of the authorities vouches for the first certificate of the chain, now, to be a client's.
     *
     * @param chain as the client sent it
     */
    ValidPeriod judge(List<X509Certificate> chain, long nowMillis) throws UntrustedClient {
        X509Certificate own = chain.getFirst();
        if (chain.size() > MOST_SENT) {
            throw UntrustedClient.unfit(own, "is sent with more than " + (MOST_SENT - 1) + " others");
        }
        if (listed.pins(own)) {
            return validPeriod(List.of(own), nowMillis);
        }
        List<X509Certificate> sent = path(chain);
        UntrustedClient fault = null;
        for (List<X509Certificate> way : listed.waysFrom(sent.getLast())) {
            try {
                if (way.stream().allMatch(authority -> isInTime(authority, nowMillis))) {
                    return validPeriod(sent, way, nowMillis);
                }
            } catch (UntrustedClient e) {
                fault = fault == null || fault.fault() == HandshakeFault.UNKNOWN_CLIENT_CA ? e : fault;
            }
        }
        throw fault == null ? UntrustedClient.unknownAuthority(own) : fault;
    }

    /** Along one way: each way is judged for itself, since the operator may list an authority twice while it changes. */
    private ValidPeriod validPeriod(List<X509Certificate> sent, List<X509Certificate> way, long nowMillis)
            throws UntrustedClient {
        List<X509Certificate> path = new ArrayList<>(sent);
        path.addAll(way);
        requireSignatures(path, nowMillis);
        return validPeriod(path, nowMillis);
    }

    private ValidPeriod validPeriod(List<X509Certificate> path, long nowMillis) throws UntrustedClient {
        X509Certificate own = path.getFirst();
        for (X509Certificate certificate : path) {
            if (revoked.stream().anyMatch(list -> list.has(certificate))) {
                throw UntrustedClient.revoked(own);
            }
        }
        CertificatePathRules.check(path);
        ValidPeriod validPeriod = new ValidPeriod(
                path.stream().mapToLong(ClientTrust::first).max().orElseThrow(),
                path.stream().mapToLong(ClientTrust::last).min().orElseThrow());
        if (!validPeriod.holds(nowMillis)) {
            throw UntrustedClient.outOfTime(own, nowMillis > validPeriod.until());
        }
        return validPeriod;
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
            issuer = listed.knowsIssuerOf(last)
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

    private static boolean isInTime(X509Certificate certificate, long millis) {
        return first(certificate) <= millis && millis <= last(certificate);
    }

    /** What the JDK checks of a path below its highest authority. */
    private static void requireSignatures(List<X509Certificate> path, long nowMillis) throws UntrustedClient {
        X509Certificate own = path.getFirst();
        try {
            PKIXParameters terms = new PKIXParameters(Set.of(new TrustAnchor(path.getLast(), null)));
            terms.setRevocationEnabled(false);
            terms.setDate(Date.from(Instant.ofEpochMilli(nowMillis)));
            List<X509Certificate> below = path.subList(0, path.size() - 1);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), terms);
        } catch (CertPathValidatorException e) {
            throw UntrustedClient.noPath(own, e);
        } catch (GeneralSecurityException | RuntimeException e) {
            // The JDK's own constraints throw what they cannot compare, for example a URI without a host.
            throw UntrustedClient.unfit(
                    own, "is not understood, " + e.getClass().getSimpleName());
        }
    }

    public ClientCaFiles files() {
        return files;
    }

    /**
     * Tells of each listed certificate that is no authority, or vouches for nobody.
     *
     * @param to takes the line in which it begins, and a sentence
     */
    public void remarks(ObjIntConsumer<String> to) {
        listed.remarks().forEach(remark -> to.accept(remark.sentence(), remark.line()));
    }

    /** When the first of the listed certificates expires. */
    public Instant expiry() {
        return listed.all().stream()
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
                : listed.authorities().stream()
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
                && listed.equals(that.listed)
                && revoked.equals(that.revoked);
    }

    @Override
    public int hashCode() {
        return Objects.hash(files, listed, revoked);
    }

    @Override
    public String toString() {
        return "ClientTrust[" + files.caFile() + "]";
    }
}
