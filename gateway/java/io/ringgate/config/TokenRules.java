package io.ringgate.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a token of an issuer must be like.
 *
 * @param audiences one of these must be among its {@code aud}
 * @param algorithms by which it may be signed
 * @param types its {@code typ}, in small letters and without {@code application/}; or {@link #ABSENT}
 * @param skew how far the issuer's clock may be from ours
 * @param maxToken the longest taken, in bytes
 */
public record TokenRules(
        List<String> audiences, Set<SignatureAlgorithm> algorithms, Set<String> types, Duration skew, long maxToken) {

    /** Stands for a token without a {@code typ}. */
    public static final String ABSENT = "absent";

    public static final Set<SignatureAlgorithm> DEFAULT_ALGORITHMS =
            Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256);
    public static final Set<String> DEFAULT_TYPES = Set.of("jwt", "at+jwt");
    public static final Duration DEFAULT_SKEW = Duration.ofSeconds(30);
    public static final long DEFAULT_MAX_TOKEN = 8 * 1024;

    public TokenRules {
        audiences = List.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        types = Set.copyOf(types);
    }

    /** A type as it is compared. */
    public static String plainType(String typ) {
        String small = typ.toLowerCase(Locale.ROOT);
        return small.startsWith("application/") ? small.substring("application/".length()) : small;
    }
}
