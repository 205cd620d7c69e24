package io.ringgate.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a {@code client_ca_file}. An authority is trusted to issue client certificates, within its own constraints
 * and those of its issuers where the file lists them too. A certificate that is no authority is pinned: a client may present just
 * that one. Immutable, any thread.
 */
final class ClientCaCertificates {

    /** How many authorities may stand above each other. */
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";

    private static final int DEEPEST = 10;

    private final List<Entry> entries;

    private ClientCaCertificates(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * One certificate of the file.
     *
     * @param ways up from it, itself first: to those that no other of the file has issued; none for one that is no authority
     */
    private record Entry(int line, X509Certificate certificate, List<List<X509Certificate>> ways) {

        boolean isAuthority() {
            return CertificatePathRules.isAuthority(certificate);
        }

        /** Why no client can be verified by it; null when one can. */
        @Nullable
        String fault() {
            if (!isAuthority()) {
                return CertificatePathRules.faultOfClient(certificate);
            }
            String first = null;
            for (List<X509Certificate> way : ways) {
                String fault = CertificatePathRules.faultOfWay(way);
                if (fault == null) {
                    return null;
                }
                first = first == null ? fault : first;
            }
            return first;
        }
    }

    /**
     * A warning about one certificate of the file.
     *
     * @param line where it begins
     */
    record Remark(int line, String sentence) {}

    /** Refuses a file by which no client can be verified. */
    static ClientCaCertificates load(Path file) throws TlsProblem {
        Map<Integer, X509Certificate> byLine = Pem.certificatesByLine(file);
        List<X509Certificate> authorities = byLine.values().stream()
                .filter(CertificatePathRules::isAuthority)
                .toList();
        List<Entry> entries = new ArrayList<>();
        byLine.forEach((line, certificate) -> entries.add(new Entry(
                line,
                certificate,
                CertificatePathRules.isAuthority(certificate)
                        ? ways(certificate, authorities, List.of())
                        : List.of())));
        ClientCaCertificates listed = new ClientCaCertificates(entries);
        if (entries.stream().allMatch(entry -> entry.fault() != null)) {
            throw new TlsProblem(file + " has no certificate by which clients can be verified: "
                    + listed.remarks().stream()
                            .map(remark -> "the one in line " + remark.line() + " " + remark.sentence())
                            .collect(Collectors.joining("; ")));
        }
        return listed;
    }

    /** @param below those gone by already, which are not gone by again */
    private static List<List<X509Certificate>> ways(
            X509Certificate from, List<X509Certificate> authorities, List<X509Certificate> below) {
        List<X509Certificate> soFar = new ArrayList<>(below);
        soFar.add(from);
        List<List<X509Certificate>> ways = new ArrayList<>();
        if (!CertificatePathRules.isSelfIssued(from) && soFar.size() < DEEPEST) {
            for (X509Certificate above : authorities) {
                if (!soFar.contains(above) && signed(above, from)) {
                    ways.addAll(ways(above, authorities, soFar));
                }
            }
        }
        return ways.isEmpty() ? List.of(List.copyOf(soFar)) : ways;
    }

    private static boolean signed(X509Certificate above, X509Certificate below) {
        if (!above.getSubjectX500Principal().equals(below.getIssuerX500Principal())) {
            return false;
        }
        try {
            below.verify(above.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    List<X509Certificate> all() {
        return entries.stream().map(Entry::certificate).toList();
    }

    List<X509Certificate> authorities() {
        return entries.stream()
                .filter(Entry::isAuthority)
                .map(Entry::certificate)
                .toList();
    }

    /** Whether just this one is listed without being an authority. */
    boolean pins(X509Certificate certificate) {
        return entries.stream()
                .anyMatch(entry -> !entry.isAuthority() && entry.certificate().equals(certificate));
    }

    /** Whether an authority has the name of this one's issuer. */
    boolean knowsIssuerOf(X509Certificate certificate) {
        return !waysFrom(certificate).isEmpty();
    }

    /** The ways up from an authority that has the name of this one's issuer. */
    List<List<X509Certificate>> waysFrom(X509Certificate certificate) {
        return entries.stream()
                .filter(entry -> entry.isAuthority()
                        && entry.certificate().getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .flatMap(entry -> entry.ways().stream())
                .toList();
    }

    /** Warnings about certificates by which no client can be verified, or only by pinning. */
    List<Remark> remarks() {
        List<Remark> remarks = new ArrayList<>();
        for (Entry entry : entries) {
            String name = entry.certificate().getSubjectX500Principal().toString();
            String fault = entry.fault();
            if (fault != null) {
                remarks.add(new Remark(
                        entry.line(), name + " " + fault + ": nobody is believed by it, list another or take it out"));
            } else if (!entry.isAuthority() && !saysThatItIsNoCa(entry.certificate())) {
                remarks.add(new Remark(
                        entry.line(),
                        name + " is no CA by its basic constraints: a client that sends just this certificate is"
                                + " believed, and nothing that it has issued"));
            }
        }
        return remarks;
    }

    /** If it does, the operator pins it on purpose. */
    private static boolean saysThatItIsNoCa(X509Certificate certificate) {
        return certificate.getExtensionValue(BASIC_CONSTRAINTS) != null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientCaCertificates that && all().equals(that.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }
}
