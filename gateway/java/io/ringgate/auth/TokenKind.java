package io.ringgate.auth;

import java.util.Locale;
import java.util.Set;

/** The kinds of token, signed or opaque, that are accepted: access tokens for bearers, and nothing else. */
public final class TokenKind {

    public static final String BEARER = "bearer";

    /** The accepted types. Not a refresh token, an identity token or a logout token. */
    private static final Set<String> ACCESS = Set.of(BEARER, "jwt", "at+jwt");

    /**
     * Claims that only other tokens have: one that is bound to a key, which the sender would have to show (RFC 7800), a security
     * event such as a logout (RFC 8417), and an identity token, which has the hash of an access token or code (OpenID Connect).
     */
    private static final Set<String> OF_OTHERS = Set.of("cnf", "events", "at_hash", "c_hash");

    private TokenKind() {}

    /** Whether a token with this {@code typ} or {@code token_type} may be an access token. */
    public static boolean isAccess(String kind) {
        return ACCESS.contains(kind.toLowerCase(Locale.ROOT));
    }

    /** Whether no access token for bearers has a claim of this name. */
    public static boolean isOfOthers(String claim) {
        return OF_OTHERS.contains(claim);
    }
}
