package io.ringgate.auth.oauth2;

import com.github.benmanes.caffeine.cache.Cache;
import io.ringgate.auth.ClaimIndex;
import io.ringgate.auth.DigestCache;
import io.ringgate.auth.HeaderDigest;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one provider said of tokens, remembered for a short while under their digests. Bad tokens are remembered for seconds:
 * an agent with an old one shows it again and again. Any thread.
 */
final class Answers {

    static final Duration BAD = Duration.ofSeconds(5);
    private static final int MOST_GOOD = 20_000;
    private static final int MOST_BAD = 2_000;

    private final Cache<HeaderDigest.Value, Known> good;
    private final Cache<HeaderDigest.Value, Boolean> bad;

    Answers(Duration life, LongSupplier nanoTime) {
        good = DigestCache.of(MOST_GOOD, life, nanoTime);
        bad = DigestCache.of(MOST_BAD, life.compareTo(BAD) < 0 ? life : BAD, nanoTime);
    }

    void keep(HeaderDigest.Value digest, Known known) {
        good.put(digest, known);
    }

    void keepBad(HeaderDigest.Value digest) {
        bad.put(digest, true);
    }

    /** Null when the provider has to be asked. */
    @Nullable
    Known find(HeaderDigest.Value digest, ClaimIndex logins, long nowSeconds) {
        Known known = good.getIfPresent(digest);
        return known != null && known.isGood(logins, nowSeconds) ? known : null;
    }

    boolean isBad(HeaderDigest.Value digest) {
        return bad.getIfPresent(digest) != null;
    }
}
