package io.ringgate.auth.oauth2;

import io.ringgate.auth.Claims;
import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.ProviderClient;
import io.ringgate.auth.StrictJson;
import io.ringgate.auth.TokenKind;
import io.ringgate.config.ClaimPath;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Parses the answer of a provider strictly. What is ambiguous is invalid: a duplicate member, {@code "true"} for true, a number in
 * place of text. One answer, one thread.
 */
final class IntrospectionResponseParser {

    private static final int MAX_CHARACTERS = 64 * 1024;

    /** For how much the provider's clock may be ahead of ours. */
    private static final long SKEW_SECONDS = 60;

    private final Map<String, Object> members;

    private IntrospectionResponseParser(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * The issuer and audience that a token must have.
     *
     * @param issuer empty for any
     * @param audiences none for any
     */
    record Expected(String issuer, List<String> audiences) {}

    /** @param names the claims that are kept */
    static IntrospectionResponse read(
            ProviderClient.Reply reply, Set<ClaimPath> names, Expected expected, long nowSeconds) {
        if (reply.status() != 200) {
            String hint = reply.status() == 401 ? ": client_id or the client's secret is wrong" : "";
            return new IntrospectionResponse.Unusable("it answers " + reply.status() + hint, true);
        }
        if (!mediaType(reply.type()).equals("application/json")) {
            return new IntrospectionResponse.Unusable("it answers something else than JSON", true);
        }
        if (reply.body().length() > MAX_CHARACTERS) {
            return new IntrospectionResponse.Unusable(
                    "its answer is longer than " + MAX_CHARACTERS + " characters", true);
        }
        try {
            return new IntrospectionResponseParser(StrictJson.object(reply.body()))
                    .evaluate(names, expected, nowSeconds);
        } catch (InvalidDocument invalid) {
            return new IntrospectionResponse.Unusable("its answer is not the JSON of RFC 7662", true);
        }
    }

    private static String mediaType(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /** Every member that decides must be readable, even where another one has decided already. */
    private IntrospectionResponse evaluate(Set<ClaimPath> names, Expected expected, long nowSeconds)
            throws InvalidDocument {
        boolean active = active();
        long end = number("exp", Long.MAX_VALUE);
        boolean inTime = nowSeconds < end && number("nbf", Long.MIN_VALUE) <= nowSeconds + SKEW_SECONDS;
        String issuer = text("iss", "");
        boolean isTheirs = expected.issuer().isEmpty() || expected.issuer().equals(issuer);
        List<?> audiences = audiences();
        boolean isForUs =
                expected.audiences().isEmpty() || expected.audiences().stream().anyMatch(audiences::contains);
        List<String> kinds = List.of(text("token_type", TokenKind.BEARER), text("typ", TokenKind.BEARER));
        boolean isAccess = kinds.stream().allMatch(TokenKind::isAccess)
                && members.keySet().stream().noneMatch(TokenKind::isOfOthers);
        if (!active) {
            return new IntrospectionResponse.Inactive();
        }
        return inTime && isAccess && isForUs && isTheirs
                ? new IntrospectionResponse.Active(claims(names), end)
                : new IntrospectionResponse.Unfit();
    }

    private boolean active() throws InvalidDocument {
        if (members.get("active") instanceof Boolean active) {
            return active;
        }
        throw new InvalidDocument("does not say whether the token is active");
    }

    private long number(String name, long absent) throws InvalidDocument {
        return switch (members.get(name)) {
            case null -> absent;
            case Integer number -> number;
            case Long number -> number;
            default -> throw new InvalidDocument("has no whole number as " + name);
        };
    }

    private String text(String name, String absent) throws InvalidDocument {
        return switch (members.get(name)) {
            case null -> absent;
            case String text -> text;
            default -> throw new InvalidDocument("has no text as " + name);
        };
    }

    private List<?> audiences() throws InvalidDocument {
        return switch (members.get("aud")) {
            case null -> List.of();
            case String one -> List.of(one);
            case List<?> many when many.stream().allMatch(String.class::isInstance) -> many;
            default -> throw new InvalidDocument("has an audience that is no text");
        };
    }

    private Map<ClaimPath, String> claims(Set<ClaimPath> names) {
        Map<ClaimPath, String> claims = new HashMap<>();
        for (ClaimPath name : names) {
            String text = Claims.text(members, name);
            if (text != null) {
                claims.put(name, text);
            }
        }
        return Map.copyOf(claims);
    }
}
