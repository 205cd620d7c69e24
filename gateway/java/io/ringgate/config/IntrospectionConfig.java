package io.ringgate.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The provider that opaque tokens are introspected at (RFC 7662). There is one such provider at most: a token
 * does not name the one it comes from, and must not be shown to others.
 *
 * @param clientId as whom we ask
 * @param clientSecretFile what we prove that with; absolute
 * @param caFile PEM, whom we trust as the provider; absolute; absent means the authorities the JDK knows
 * @param timeout of one question
 * @param maxConcurrent questions at a time
 * @param cache how long an answer counts at most
 * @param issuer what its answers must name as {@code iss}; empty for any
 * @param audiences of which its answers must name one as {@code aud}; none for any
 */
public record IntrospectionConfig(
        URI url,
        String clientId,
        Path clientSecretFile,
        @Nullable Path caFile,
        Duration timeout,
        int maxConcurrent,
        Duration cache,
        String issuer,
        List<String> audiences) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);
    public static final int DEFAULT_MAX_CONCURRENT = 16;
    public static final Duration DEFAULT_CACHE = Duration.ofMinutes(1);

    public IntrospectionConfig {
        audiences = List.copyOf(audiences);
    }
}
