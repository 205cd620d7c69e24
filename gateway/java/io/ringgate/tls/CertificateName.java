package io.ringgate.tls;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** One name in a certificate, in the form in which name constraints are compared with it. */
sealed interface CertificateName {

    int EMAIL = 1;
    int DNS = 2;
    int DIRECTORY = 4;
    int RESOURCE = 6;
    int IP = 7;

    /** A host name of two labels or more. */
    Pattern HOST = Pattern.compile("[A-Za-z0-9_*-]{1,63}(\\.[A-Za-z0-9_-]{1,63})+\\.?");

    /** By the number that X.509 gives to it. */
    int kind();

    /** False for a name that no constraint of its kind can be compared with. */
    default boolean isReadable() {
        return true;
    }

    /**
     * A host.
     *
     * @param host in small letters and without a dot at its end
     */
    record Dns(String host) implements CertificateName {
        @Override
        public int kind() {
            return DNS;
        }
    }

    record Email(String local, String host) implements CertificateName {
        @Override
        public int kind() {
            return EMAIL;
        }
    }

    record UriHost(String host) implements CertificateName {
        @Override
        public int kind() {
            return RESOURCE;
        }
    }

    record Ip(InetAddress address) implements CertificateName {
        @Override
        public int kind() {
            return IP;
        }
    }

    record Directory(LdapName name) implements CertificateName {
        @Override
        public int kind() {
            return DIRECTORY;
        }
    }

    /** One that nobody here can compare: of another kind, a URI without a host name. */
    record Unreadable(int kind) implements CertificateName {
        @Override
        public boolean isReadable() {
            return false;
        }
    }

    /**
     * All names of a certificate.
     *
     * @param last whether it is at the path's end: then a common name that reads like a host name counts as one, when there
     *     is no other
     */
    static List<CertificateName> of(X509Certificate certificate, boolean last) throws CertificateParsingException {
        List<CertificateName> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        for (List<?> each : alternatives == null ? List.<List<?>>of() : alternatives) {
            names.add(alternative((Integer) each.get(0), each.get(1)));
        }
        LdapName subject = directory(certificate.getSubjectX500Principal());
        if (!subject.isEmpty()) {
            if (last && names.stream().noneMatch(name -> name.kind() == DNS)) {
                hosts(certificate.getSubjectX500Principal(), names);
            }
            names.add(new Directory(subject));
        }
        return names;
    }

    private static CertificateName alternative(int kind, Object value) throws CertificateParsingException {
        if (!(value instanceof String text)) {
            return new Unreadable(kind);
        }
        return switch (kind) {
            case DNS -> new Dns(host(text));
            case EMAIL -> email(text);
            case RESOURCE -> uri(text);
            case IP -> new Ip(InetAddress.ofLiteral(text));
            case DIRECTORY -> new Directory(directory(new X500Principal(text)));
            default -> new Unreadable(kind);
        };
    }

    private static CertificateName email(String text) {
        int at = text.lastIndexOf('@');
        return at <= 0 ? new Unreadable(EMAIL) : new Email(text.substring(0, at), host(text.substring(at + 1)));
    }

    private static CertificateName uri(String text) {
        try {
            String host = new URI(text).getHost();
            if (host != null && host.matches(".*[A-Za-z].*") && !host.startsWith("[")) {
                return new UriHost(host(host));
            }
        } catch (URISyntaxException e) {
            // As one without a host.
        }
        return new Unreadable(RESOURCE);
    }

    /** In the spelling in which host names are compared. */
    static String host(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
    }

    /** In the spelling in which names of a directory are compared. */
    static LdapName directory(X500Principal principal) throws CertificateParsingException {
        try {
            return new LdapName(principal.getName(X500Principal.CANONICAL));
        } catch (InvalidNameException e) {
            throw new CertificateParsingException("an unreadable directory name", e);
        }
    }

    private static void hosts(X500Principal subject, List<CertificateName> into) throws CertificateParsingException {
        for (Rdn part : directory(subject).getRdns()) {
            if (part.getType().equalsIgnoreCase("CN")
                    && part.getValue() instanceof String text
                    && HOST.matcher(text).matches()) {
                into.add(new Dns(host(text)));
            }
        }
    }
}
