package io.ringgate.auth.jwt;

import io.ringgate.auth.TokenKind;
import io.ringgate.config.Issuer;
import io.ringgate.config.SignatureAlgorithm;
import io.ringgate.config.TokenRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks everything of a token but its signature: header, type, issuer, audience and times. */
final class TokenValidator {

    /**
     * The members that a header may have. All others are refused: those that bring a key or name its address (jku, jwk, x5u, x5c),
     * those that change how the rest is read (crit, b64, enc, zip), and unknown ones.
     */
    private static final Set<String> HEADER = Set.of("alg", "kid", "typ", "x5t", "x5t#S256");

    private static final int LONGEST_KID = 256;
    private static final double MILLIS = 1e3;

    /** In seconds of Unix time, in the year 5138: what is larger was meant as milliseconds. */
    private static final double LATEST = 1e11;

    private TokenValidator() {}

    /** The algorithm of the header; null when this issuer's tokens may not use it, or the header is invalid. */
    static @Nullable SignatureAlgorithm algorithm(UnverifiedToken token, TokenRules rules) {
        Map<String, Object> header = token.header();
        if (!HEADER.containsAll(header.keySet())) {
            return null;
        }
        Object kid = header.get("kid");
        if (kid != null && !(kid instanceof String text && !text.isEmpty() && text.length() <= LONGEST_KID)) {
            return null;
        }
        Object typ = header.get("typ");
        String type = typ == null ? TokenRules.ABSENT : typ instanceof String text ? TokenRules.plainType(text) : "";
        if (!rules.types().contains(type) || (typ != null && type.equals(TokenRules.ABSENT))) {
            return null;
        }
        String alg = token.header("alg");
        for (SignatureAlgorithm algorithm : rules.algorithms()) {
            if (algorithm.name().equals(alg)) {
                return algorithm;
            }
        }
        return null;
    }

    /** Whether its issuer and audience are right. */
    static boolean isForUs(UnverifiedToken token, Issuer issuer) {
        return issuer.issuer().equals(token.issuer())
                && audiences(token.claims().get("aud")).stream()
                        .anyMatch(issuer.tokens().audiences()::contains);
    }

    /** Whether it may be an access token for bearers, by its type and claims. */
    static boolean isAccess(UnverifiedToken token) {
        Map<String, Object> claims = token.claims();
        boolean kind =
                !claims.containsKey("typ") || (claims.get("typ") instanceof String typ && TokenKind.isAccess(typ));
        return kind && claims.keySet().stream().noneMatch(TokenKind::isOfOthers);
    }

    /** Empty when one of them is no text. */
    private static List<String> audiences(@Nullable Object aud) {
        if (aud instanceof String one) {
            return List.of(one);
        }
        if (aud instanceof List<?> many && many.stream().allMatch(String.class::isInstance)) {
            return many.stream().map(String.class::cast).toList();
        }
        return List.of();
    }

    /**
     * When it expires, in milliseconds of Unix time; 0 when it has expired or is not valid yet. The issuer's clock and ours may
     * differ by the skew.
     */
    static long end(UnverifiedToken token, TokenRules rules, long nowMillis) {
        Map<String, Object> claims = token.claims();
        long skew = rules.skew().toMillis();
        long exp = millis(claims.get("exp"));
        if (exp <= 0 || exp + skew <= nowMillis) {
            return 0;
        }
        for (String begin : List.of("nbf", "iat")) {
            if (claims.containsKey(begin)) {
                long at = millis(claims.get(begin));
                if (at < 0 || at - skew > nowMillis) {
                    return 0;
                }
            }
        }
        return exp + skew;
    }

    /** A date of a claim, which may have a fraction; -1 for anything else. */
    private static long millis(@Nullable Object date) {
        if (date instanceof Number number) {
            double seconds = number.doubleValue();
            if (seconds >= 0 && seconds < LATEST) {
                return (long) (seconds * MILLIS);
            }
        }
        return -1;
    }
}
