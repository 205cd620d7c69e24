package io.ringgate.auth.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import io.ringgate.auth.DigestCache;
import io.ringgate.auth.HeaderDigest;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What was found about tokens, remembered for a short while under their digests. Any thread. */
final class Memory {

    static final Duration PROVEN = Duration.ofMinutes(5);
    static final Duration DISPROVEN = Duration.ofSeconds(5);
    private static final int MOST_PROVEN = 20_000;
    private static final int MOST_DISPROVEN = 2_000;

    private final Cache<HeaderDigest.Value, Known> proven;
    private final Cache<HeaderDigest.Value, Disproof> disproven;

    Memory(LongSupplier nanoTime) {
        proven = DigestCache.of(MOST_PROVEN, PROVEN, nanoTime);
        disproven = DigestCache.of(MOST_DISPROVEN, DISPROVEN, nanoTime);
    }

    /** By what a token was found wrong: other identities or other keys may find otherwise. */
    private record Disproof(
            Realms snapshot,
            @Nullable Realm realm,
            @Nullable KeySet keys) {

        boolean holds(Realms now) {
            return snapshot == now
                    && (realm == null || Objects.equals(realm.keys().now(), keys));
        }
    }

    @Nullable
    Known proven(HeaderDigest.Value digest) {
        return proven.getIfPresent(digest);
    }

    void prove(HeaderDigest.Value digest, Known known) {
        proven.put(digest, known);
    }

    boolean isDisproven(HeaderDigest.Value digest, Realms now) {
        Disproof disproof = disproven.getIfPresent(digest);
        return disproof != null && disproof.holds(now);
    }

    /** @param asked the realm and those of its keys by which it was judged; null when it did not come to that */
    void disprove(HeaderDigest.Value digest, Realms snapshot, @Nullable Realm asked, @Nullable KeySet keys) {
        disproven.put(digest, new Disproof(snapshot, asked, keys));
    }
}
