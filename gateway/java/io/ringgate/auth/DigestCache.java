package io.ringgate.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Where methods remember for a short while what they found about credentials: under their digests, and bounded by count. */
public final class DigestCache {

    private DigestCache() {}

    /** What is written is gone after its life, or earlier when there is more. */
    public static <V> Cache<HeaderDigest.Value, V> of(int most, Duration life, LongSupplier nanoTime) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(life)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }
}
