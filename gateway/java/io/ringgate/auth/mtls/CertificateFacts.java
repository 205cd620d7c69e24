package io.ringgate.auth.mtls;

import io.ringgate.config.CertificateField;
import io.ringgate.config.EdgeCredential;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Everything in a certificate by which its holder may be known, in the spelling of the configuration. */
final class CertificateFacts {

    private static final Integer EMAIL = 1;
    private static final Integer DNS = 2;
    private static final Integer URI = 6;

    private CertificateFacts() {}

    static Set<EdgeCredential.Certificate> of(X509Certificate certificate)
            throws CertificateParsingException, CertificateEncodingException {
        Set<EdgeCredential.Certificate> facts = new LinkedHashSet<>();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            Object kind = name.get(0);
            if (DNS.equals(kind)) {
                facts.add(fact(CertificateField.DNS, (String) name.get(1)));
            } else if (URI.equals(kind)) {
                facts.add(fact(CertificateField.URI, (String) name.get(1)));
            } else if (EMAIL.equals(kind)) {
                facts.add(fact(CertificateField.EMAIL, (String) name.get(1)));
            }
        }
        only(CertificateField.SUBJECT_CN, "CN", certificate, facts);
        only(CertificateField.SUBJECT_O, "O", certificate, facts);
        facts.add(fact(CertificateField.SHA256, fingerprint(certificate)));
        return facts;
    }

    private static EdgeCredential.Certificate fact(CertificateField field, String value) {
        return new EdgeCredential.Certificate(field, field.spelled(value));
    }

    /** A subject with two common names is known by neither. */
    private static void only(
            CertificateField field,
            String attribute,
            X509Certificate certificate,
            Set<EdgeCredential.Certificate> facts)
            throws CertificateParsingException {
        List<Object> values = values(certificate.getSubjectX500Principal(), attribute);
        if (values.size() == 1 && values.getFirst() instanceof String value) {
            facts.add(fact(field, value));
        }
    }

    private static List<Object> values(X500Principal subject, String attribute) throws CertificateParsingException {
        try {
            List<Object> values = new ArrayList<>();
            for (Rdn part : new LdapName(subject.getName(X500Principal.RFC2253)).getRdns()) {
                Attribute found = part.toAttributes().get(attribute);
                if (found != null) {
                    NamingEnumeration<?> all = found.getAll();
                    while (all.hasMore()) {
                        values.add(all.next());
                    }
                }
            }
            return values;
        } catch (NamingException e) {
            throw new CertificateParsingException("the subject cannot be read", e);
        }
    }

    private static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
