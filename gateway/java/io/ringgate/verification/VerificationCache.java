package io.ringgate.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was found about credentials, by their digests. Rejected ones stay for seconds: an agent with an old credential shows it
 * on fifty connections, again and again, and each time would cost everybody a check. Bounded by count and time. Any thread.
 *
 * @param <V> by what a credential was verified
 * @param <R> by what one was rejected
 */
final class VerificationCache<V, R> {

    static final Duration VERIFIED_TTL = Duration.ofMinutes(5);
    static final Duration REJECTED_TTL = Duration.ofSeconds(5);
    private static final int MAX_VERIFIED = 20_000;
    private static final int MAX_REJECTED = 2_000;

    private final Cache<HeaderDigest.Value, V> verified;
    private final Cache<HeaderDigest.Value, R> rejected;

    VerificationCache(LongSupplier nanoTime) {
        verified = cache(MAX_VERIFIED, VERIFIED_TTL, nanoTime);
        rejected = cache(MAX_REJECTED, REJECTED_TTL, nanoTime);
    }

    private static <T> Cache<HeaderDigest.Value, T> cache(int maxEntries, Duration ttl, LongSupplier nanoTime) {
        return Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .expireAfterWrite(ttl)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    V verified(HeaderDigest.Value digest) {
        return verified.getIfPresent(digest);
    }

    @Nullable
    R rejected(HeaderDigest.Value digest) {
        return rejected.getIfPresent(digest);
    }

    void putVerified(HeaderDigest.Value digest, V by) {
        verified.put(digest, by);
    }

    void putRejected(HeaderDigest.Value digest, R by) {
        rejected.put(digest, by);
    }
}
