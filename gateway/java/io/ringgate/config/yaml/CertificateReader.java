package io.ringgate.config.yaml;

import io.ringgate.config.CertificateField;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.SourcePosition;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a client certificate is recognised: {@code edges[].credentials[].certificate}, a section with exactly one key. */
final class CertificateReader {

    private static final String ONE = "write one of dns, uri, email, subject_cn, subject_o, sha256";
    private static final int LONGEST = 1024;

    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");
    private static final Pattern MAILBOX = Pattern.compile("[!-?A-~]{1,64}@[!-?A-~]{1,255}");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-Fa-f]{64}|[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31}");

    private CertificateReader() {}

    /** Notes it among those already named: one certificate leads to one edge. */
    static EdgeCredential.@Nullable Certificate read(
            Section section, Map<EdgeCredential.Certificate, SourcePosition> named) {
        List<EdgeCredential.Certificate> found = new ArrayList<>();
        List<String> written = new ArrayList<>();
        for (CertificateField field : CertificateField.values()) {
            String key = field.key();
            if (section.has(key)) {
                written.add(key);
            }
            String value = section.find(key, kind(field));
            if (value != null) {
                found.add(new EdgeCredential.Certificate(field, field.spelled(value)));
            }
        }
        section.end();
        if (written.isEmpty()) {
            section.missing(CertificateField.DNS.key(), ONE);
        } else if (written.size() > 1) {
            section.error(
                    section.position(written.get(1)),
                    written.getFirst()
                            + " is written already and one is enough, leave one out or make it a credential of its own");
        }
        if (written.size() != 1 || found.isEmpty()) {
            return null;
        }
        EdgeCredential.Certificate certificate = found.getFirst();
        String key = written.getFirst();
        SourcePosition first = named.putIfAbsent(certificate, section.position(key));
        if (first != null) {
            section.error(
                    key,
                    QuotedText.of(certificate.value()) + " is named already in line " + first.line()
                            + ", one certificate leads to one edge: write another");
        }
        return certificate;
    }

    private static ValueKind<String> kind(CertificateField field) {
        return switch (field) {
            case DNS -> form(DNS_NAME, "is not a DNS name, write for example edge.example.com, without a wildcard");
            case URI -> CertificateReader::uri;
            case EMAIL -> form(MAILBOX, "is not an e-mail address, write for example edge@example.com");
            case SHA256 -> form(FINGERPRINT, "is not a fingerprint, write 64 hex digits, with or without colons");
            case SUBJECT_CN, SUBJECT_O -> CertificateReader::name;
        };
    }

    private static ValueKind<String> form(Pattern form, String otherwise) {
        return text -> {
            if (!form.matcher(text).matches()) {
                throw new InvalidValue(otherwise);
            }
            return text;
        };
    }

    private static String uri(String text) throws InvalidValue {
        try {
            if (new URI(text).isAbsolute() && text.length() <= LONGEST) {
                return text;
            }
        } catch (URISyntaxException e) {
            // reported below
        }
        throw new InvalidValue("is not a URI, write for example spiffe://example.org/edge/cluster-02");
    }

    private static String name(String text) throws InvalidValue {
        if (text.isEmpty() || text.length() > LONGEST || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidValue("is not a name, write it as the certificate has it");
        }
        return text;
    }
}
