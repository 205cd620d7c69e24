package io.ringgate.config.yaml;

import io.ringgate.config.ClaimPath;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.SourcePosition;
import io.ringgate.secret.Secret;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One credential of an edge: an item of {@code edges[].credentials}. */
final class CredentialReader {

    private static final int LONGEST_USER = 255;

    private static final ValueKind<String> USER = text -> {
        boolean fits = text.length() <= LONGEST_USER && text.codePoints().noneMatch(Character::isISOControl);
        if (text.isEmpty() || !fits || text.contains(":")) {
            throw new InvalidValue("is not a user name, write 1 to 255 characters without a colon");
        }
        return text;
    };

    private static final Pattern GENERATED = Pattern.compile("[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}");

    private static final ValueKind<Secret> HASH = text -> {
        if (!GENERATED.matcher(text).matches()) {
            throw new InvalidValue("is not a hash that `ringgate edge add` made, leave the key out for a user of the"
                    + " htpasswd file");
        }
        return Secret.of(text);
    };

    private static final ValueKind<Instant> TIME = ValueKind.named("time (RFC 3339)", text -> {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidValue("is not a time, write for example 2027-01-31T00:00:00Z");
        }
    });

    /** Each of them is one credential, and an item has one. */
    private static final List<String> PROOFS = List.of("basic", "jwt", "oauth2", "certificate");

    private CredentialReader() {}

    /** Notes user, claims and certificate among those already named: each leads to one edge. */
    static @Nullable EdgeCredential read(
            Section section,
            Map<String, SourcePosition> basicUsers,
            JwtCredentialReader jwt,
            Map<EdgeCredential.OAuth2, SourcePosition> introspected,
            Map<EdgeCredential.Certificate, SourcePosition> certificates) {
        Instant notAfter = section.find("not_after", TIME);
        String note = section.read("note", ValueKind.TEXT, "");
        List<String> written = PROOFS.stream().filter(section::has).toList();
        written.stream()
                .skip(1)
                .forEach(second -> section.error(
                        second,
                        "is a second credential beside " + written.getFirst() + ", make it an item of its own"));
        EdgeCredential.Proof proof = switch (written.isEmpty() ? "" : written.getFirst()) {
            case "jwt" -> jwt.read(section.section("jwt"));
            case "oauth2" -> token(section.section("oauth2"), introspected);
            case "certificate" -> CertificateReader.read(section.section("certificate"), certificates);
            default -> {
                if (written.isEmpty()) {
                    section.missing("basic", "write basic: {user: NAME}");
                }
                yield basic(section, basicUsers);
            }
        };
        section.end();
        return proof == null ? null : new EdgeCredential(proof, notAfter, note);
    }

    private static EdgeCredential.@Nullable OAuth2 token(
            Section section, Map<EdgeCredential.OAuth2, SourcePosition> tokens) {
        section.missing("claims", "write for example claims: {client_id: NAME}");
        Map<ClaimPath, String> claims = section.has("claims") ? ClaimsReader.read(section.section("claims")) : Map.of();
        SourcePosition position = section.position("claims");
        section.end();
        if (claims.isEmpty()) {
            return null;
        }
        EdgeCredential.OAuth2 token = new EdgeCredential.OAuth2(claims);
        SourcePosition first = tokens.putIfAbsent(token, position);
        if (first != null) {
            section.error(
                    position,
                    "the same claims are named already in line " + first.line()
                            + ", one token leads to one edge: write others");
        }
        return token;
    }

    private static EdgeCredential.@Nullable Basic basic(Section section, Map<String, SourcePosition> basicUsers) {
        Section basic = section.section("basic");
        if (!section.has("basic")) {
            return null;
        }
        String user = basic.require("user", USER, "write a user of the htpasswd file");
        Secret hash = basic.find("hash", HASH);
        basic.end();
        if (user == null) {
            return null;
        }
        SourcePosition first = basicUsers.putIfAbsent(user, basic.position("user"));
        if (first != null) {
            section.error(
                    basic.position("user"),
                    basic.displayValue("user") + " is named already in line " + first.line()
                            + ", one user leads to one edge: write another");
        }
        return new EdgeCredential.Basic(user, hash);
    }
}
