package io.ringgate.tls;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.util.Arrays;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/** Names of one kind that are below a common one: what a name constraint permits or excludes. Immutable, any thread. */
sealed interface NameSubtree {

    /** The lowest five bits of a tag are the kind of the name. */
    int KIND = 0x1f;

    int IPV4 = 4;
    int IPV6 = 16;

    int kind();

    /** Whether the name is one of these; never for one of another kind. */
    boolean holds(CertificateName name);

    default boolean isOf(int kind) {
        return kind() == kind;
    }

    /**
     * Reads one.
     *
     * @param base a GeneralName
     */
    static NameSubtree of(Der.Element base) throws CertificateParsingException {
        int kind = base.tag() & KIND;
        return switch (kind) {
            case CertificateName.DNS -> new Domain(text(base));
            case CertificateName.EMAIL -> new Mailboxes(text(base));
            case CertificateName.RESOURCE -> new Hosts(text(base));
            case CertificateName.IP -> addresses(base.content());
            case CertificateName.DIRECTORY -> directory(base.content());
            default -> new Unknown(kind);
        };
    }

    private static String text(Der.Element base) {
        return new String(base.content(), StandardCharsets.ISO_8859_1);
    }

    private static NameSubtree addresses(byte[] both) throws CertificateParsingException {
        int half = both.length / 2;
        if (both.length != 2 * IPV4 && both.length != 2 * IPV6) {
            throw new CertificateParsingException("name constraints with an invalid network");
        }
        return new Addresses(
                half,
                new BigInteger(1, Arrays.copyOf(both, half)),
                new BigInteger(1, Arrays.copyOfRange(both, half, both.length)));
    }

    private static NameSubtree directory(byte[] name) throws CertificateParsingException {
        try {
            return new Branch(CertificateName.directory(new X500Principal(name)));
        } catch (IllegalArgumentException e) {
            throw new CertificateParsingException("name constraints with a name that cannot be read", e);
        }
    }

    /** A host and everything below it; only what is below it where it begins with a dot; all where it is empty. */
    record Domain(String base) implements NameSubtree {

        public Domain {
            base = CertificateName.host(base);
        }

        @Override
        public int kind() {
            return CertificateName.DNS;
        }

        @Override
        public boolean holds(CertificateName name) {
            return name instanceof CertificateName.Dns(String host)
                    && (base.isEmpty() || host.equals(base) || host.endsWith(base.startsWith(".") ? base : "." + base));
        }
    }

    /** One mailbox, those of a host, or those of all hosts below it where it begins with a dot. */
    record Mailboxes(String base) implements NameSubtree {

        @Override
        public int kind() {
            return CertificateName.EMAIL;
        }

        @Override
        public boolean holds(CertificateName name) {
            if (!(name instanceof CertificateName.Email(String local, String host))) {
                return false;
            }
            int at = base.lastIndexOf('@');
            return (at < 0 || local.equals(base.substring(0, at)))
                    && below(CertificateName.host(base.substring(at + 1)), host);
        }
    }

    /** The URIs of one host, or of all hosts below it where it begins with a dot. */
    record Hosts(String base) implements NameSubtree {

        @Override
        public int kind() {
            return CertificateName.RESOURCE;
        }

        @Override
        public boolean holds(CertificateName name) {
            return name instanceof CertificateName.UriHost(String host) && below(CertificateName.host(base), host);
        }
    }

    private static boolean below(String base, String host) {
        return base.isEmpty() || (base.startsWith(".") ? host.endsWith(base) : host.equals(base));
    }

    /**
     * A network.
     *
     * @param octets how long its addresses are
     */
    record Addresses(int octets, BigInteger network, BigInteger mask) implements NameSubtree {

        @Override
        public int kind() {
            return CertificateName.IP;
        }

        @Override
        public boolean holds(CertificateName name) {
            if (!(name instanceof CertificateName.Ip(InetAddress literal))) {
                return false;
            }
            byte[] address = literal.getAddress();
            return address.length == octets
                    && new BigInteger(1, address).xor(network).and(mask).signum() == 0;
        }
    }

    record Branch(LdapName base) implements NameSubtree {

        @Override
        public int kind() {
            return CertificateName.DIRECTORY;
        }

        @Override
        public boolean holds(CertificateName name) {
            return name instanceof CertificateName.Directory(LdapName full) && full.startsWith(base);
        }
    }

    /** Of a kind that nobody here compares: no name of it is below. */
    record Unknown(int kind) implements NameSubtree {

        @Override
        public boolean holds(CertificateName name) {
            return false;
        }
    }
}
