package io.ringgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** An authority for client certificates in a folder of its own, which can revoke what it has issued. Made with openssl. */
public final class ClientAuthority {

    private static final String NEW_KEY = " -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    private static final DateTimeFormatter OPENSSL =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final TestCertificates certificates;

    public ClientAuthority(Path folder) {
        this.folder = folder;
        this.certificates = new TestCertificates(folder);
        write("index.txt", "");
        write("index.txt.attr", "unique_subject = no\n");
        write("crlnumber", "01\n");
        write("ca.cnf", """
                [ca]
                default_ca = own
                [own]
                database = index.txt
                crlnumber = crlnumber
                new_certs_dir = .
                rand_serial = yes
                certificate = ca.pem
                private_key = ca.key
                default_md = sha256
                policy = any
                preserve = yes
                copy_extensions = copy
                crl_extensions = list
                [any]
                commonName = optional
                organizationName = optional
                organizationalUnitName = optional
                [list]
                authorityKeyIdentifier = keyid
                """);
    }

    private void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Builds a certificate {@code NAME.pem} with its key {@code NAME.key}. */
    public final class Wanted {

        private final String name;
        private final List<String> extensions = new ArrayList<>(List.of("basicConstraints=critical,CA:FALSE"));
        private String subject;
        private Instant from = Instant.now().minusSeconds(60);
        private Instant until = Instant.now().plusSeconds(2 * 86_400);

        private Wanted(String name) {
            this.name = name;
            this.subject = "/CN=" + name;
        }

        /** As openssl writes it, without blanks: {@code /O=x/CN=y}. */
        public Wanted subject(String rdns) {
            subject = rdns;
            return this;
        }

        /** Each as {@code DNS:…}, {@code URI:…} or {@code email:…}. */
        public Wanted names(String... alternative) {
            return with("subjectAltName=" + String.join(",", alternative));
        }

        /** As certificates of version 1 are. */
        public Wanted withoutConstraints() {
            extensions.removeIf(extension -> extension.startsWith("basicConstraints"));
            return this;
        }

        public Wanted with(String extension) {
            extensions.add(extension);
            return this;
        }

        public Wanted authority() {
            extensions.set(0, "basicConstraints=critical,CA:TRUE");
            return with("keyUsage=critical,keyCertSign,cRLSign");
        }

        public Wanted valid(Instant first, Instant last) {
            from = first;
            until = last;
            return this;
        }

        public ClientAuthority issue() {
            StringBuilder request = new StringBuilder("req -new" + NEW_KEY + " -multivalue-rdn -subj " + subject
                    + " -keyout " + name + ".key -out " + name + ".csr");
            extensions.forEach(extension -> request.append(" -addext ").append(extension));
            certificates.openssl(request.toString());
            certificates.openssl("ca -batch -notext -config ca.cnf -multivalue-rdn -startdate " + OPENSSL.format(from)
                    + " -enddate " + OPENSSL.format(until) + " -in " + name + ".csr -out " + name + ".pem");
            return ClientAuthority.this;
        }
    }

    public Wanted client(String name) {
        return new Wanted(name);
    }

    /** A self-signed one. */
    public ClientAuthority selfSigned(String name) {
        certificates.openssl("req -x509 -days 2" + NEW_KEY + " -subj /CN=" + name + " -addext subjectAltName=DNS:"
                + name + " -keyout " + name + ".key -out " + name + ".pem");
        return this;
    }

    /** What {@code NAME} issues itself, an authority of this folder: {@code CHILD.pem}, signed by its key. */
    public ClientAuthority issueBy(String name, String child, String alternative) {
        certificates.openssl("req -x509 -CA " + name + ".pem -CAkey " + name + ".key -days 2" + NEW_KEY + " -subj /CN="
                + child + " -addext subjectAltName=" + alternative
                + " -addext basicConstraints=critical,CA:FALSE -keyout " + child + ".key -out " + child + ".pem");
        return this;
    }

    /** Revokes it: lists that are written later contain it. */
    public ClientAuthority revoke(String name) {
        certificates.openssl("ca -config ca.cnf -revoke " + name + ".pem");
        return this;
    }

    /** Writes the list of what is revoked, PEM, and says where. */
    public Path list(String file, Instant nextUpdate) {
        certificates.openssl("ca -config ca.cnf -gencrl -crl_lastupdate 20240101000000Z -crl_nextupdate "
                + OPENSSL.format(nextUpdate) + " -out " + file);
        return folder.resolve(file);
    }

    /** One that is up to date. */
    public Path list(String file) {
        return list(file, Instant.now().plusSeconds(86_400));
    }

    /** Runs openssl in the folder; the arguments hold no blanks. */
    public void openssl(String arguments) {
        certificates.openssl(arguments);
    }

    public Path ca() {
        return certificates.ca();
    }

    public Path certificate(String name) {
        return certificates.certificate(name);
    }

    public Path key(String name) {
        return certificates.key(name);
    }
}
