package io.ringgate.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * For which names an authority may issue certificates (RFC 5280, section 4.2.1.10). A kind of name that it does not speak of
 * is free. Immutable, any thread.
 *
 * @param permitted of the kinds that stand here, a name must be below one of these
 * @param excluded no name may be below one of these
 */
record NameConstraints(List<NameSubtree> permitted, List<NameSubtree> excluded) {

    private static final String OID = "2.5.29.30";
    private static final NameConstraints NONE = new NameConstraints(List.of(), List.of());

    private static final int PERMITTED = 0xa0;
    private static final int EXCLUDED = 0xa1;

    NameConstraints {
        permitted = List.copyOf(permitted);
        excluded = List.copyOf(excluded);
    }

    /** Those of an authority, which are none where it has no such extension. */
    static NameConstraints of(X509Certificate authority) throws CertificateParsingException {
        byte[] extension = authority.getExtensionValue(OID);
        if (extension == null) {
            return NONE;
        }
        List<NameSubtree> permitted = new ArrayList<>();
        List<NameSubtree> excluded = new ArrayList<>();
        Der parts = new Der(new Der(extension).next(Der.OCTET_STRING).rest()).next(Der.SEQUENCE);
        while (parts.hasMore()) {
            Der.Element part = parts.next();
            switch (part.tag()) {
                case PERMITTED -> read(part.elements(), permitted);
                case EXCLUDED -> read(part.elements(), excluded);
                default -> throw new CertificateParsingException("an unknown part of name constraints");
            }
        }
        return new NameConstraints(permitted, excluded);
    }

    private static void read(Der subtrees, List<NameSubtree> into) throws CertificateParsingException {
        while (subtrees.hasMore()) {
            Der subtree = subtrees.next(Der.SEQUENCE);
            Der.Element base = subtree.next();
            if (subtree.hasMore()) {
                throw new CertificateParsingException("name constraints with a minimum or a maximum");
            }
            into.add(NameSubtree.of(base));
        }
    }

    boolean areNone() {
        return permitted.isEmpty() && excluded.isEmpty();
    }

    /** Whether a certificate may have all these names. */
    boolean permit(List<CertificateName> names) {
        return names.stream().allMatch(this::permits);
    }

    private boolean permits(CertificateName name) {
        if (excluded.stream().anyMatch(tree -> tree.isOf(name.kind()) && (!name.isReadable() || tree.holds(name)))) {
            return false;
        }
        List<NameSubtree> ofItsKind =
                permitted.stream().filter(tree -> tree.isOf(name.kind())).toList();
        return ofItsKind.isEmpty() || ofItsKind.stream().anyMatch(tree -> tree.holds(name));
    }
}
