package io.ringgate.auth.jwt;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token that was parsed strictly and is not trusted. Only its signature makes it a {@link VerifiedToken}.
 * Immutable.
 */
final class UnverifiedToken {

    private final Map<String, Object> header;
    private final Map<String, Object> claims;
    private final byte[] signed;
    private final byte[] signature;

    private UnverifiedToken(Map<String, Object> header, Map<String, Object> claims, byte[] signed, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

    /**
     * Whether the text from there to the end has the form of a signed token: three parts, the first of which begins a JSON
     * object.
     */
    static boolean begins(String text, int from) {
        int first = text.indexOf('.', from);
        int second = text.indexOf('.', first + 1);
        if (first < from + 2 || second < 0 || text.indexOf('.', second + 1) >= 0) {
            return false;
        }
        // "{" and the half of whatever comes next, in base64.
        return text.charAt(from) == 'e' && "wxyz0123456789-_".indexOf(text.charAt(from + 1)) >= 0;
    }

    /** Parses a text of that form. */
    static UnverifiedToken read(String text) throws InvalidDocument {
        int first = text.indexOf('.');
        int second = text.lastIndexOf('.');
        return new UnverifiedToken(
                StrictJson.object(decode(text.substring(0, first))),
                StrictJson.object(decode(text.substring(first + 1, second))),
                text.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                decode(text.substring(second + 1)));
    }

    /** Strict base64url: no padding, and no unused bit set. */
    private static byte[] decode(String part) throws InvalidDocument {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new InvalidDocument("is not base64url without padding");
    }

    /** All of the header. */
    Map<String, Object> header() {
        return header;
    }

    /** All claims. */
    Map<String, Object> claims() {
        return claims;
    }

    /** A member of the header; null where it is absent or no text. */
    @Nullable
    String header(String name) {
        return header.get(name) instanceof String text ? text : null;
    }

    /** The issuer that it claims; null without one. */
    @Nullable
    String issuer() {
        return claims.get("iss") instanceof String text ? text : null;
    }

    /** The signed bytes, not a copy. */
    byte[] signed() {
        return signed;
    }

    /** Not a copy. */
    byte[] signature() {
        return signature;
    }

    @Override
    public String toString() {
        return "<token>";
    }
}
