package io.ringgate.auth.basic;

import com.github.benmanes.caffeine.cache.Cache;
import io.ringgate.auth.DigestCache;
import io.ringgate.auth.HeaderDigest;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What hashing has shown about credentials, remembered for a short while under their digests.
 *
 * <p>A success is bound to the stored hash that showed it and is good only as long as the user still has that hash. A
 * failure is bound to the whole snapshot of users and lives for seconds: an agent with an old password asks with fifty
 * connections at once, again and again, and each time would cost everybody a hash. Any thread.
 */
final class Proofs {

    static final Duration PROVEN = Duration.ofMinutes(5);
    static final Duration DISPROVEN = Duration.ofSeconds(5);
    private static final int MOST_PROVEN = 20_000;
    private static final int MOST_DISPROVEN = 2_000;

    private final Cache<HeaderDigest.Value, Proof> proven;
    private final Cache<HeaderDigest.Value, Users> disproven;

    Proofs(LongSupplier nanoTime) {
        proven = DigestCache.of(MOST_PROVEN, PROVEN, nanoTime);
        disproven = DigestCache.of(MOST_DISPROVEN, DISPROVEN, nanoTime);
    }

    /** That the credential is the user's, by this hash. */
    record Proof(String user, StoredHash hash) {}

    void prove(HeaderDigest.Value digest, Proof proof) {
        proven.put(digest, proof);
    }

    void disprove(HeaderDigest.Value digest, Users snapshot) {
        disproven.put(digest, snapshot);
    }

    /** The user, as he is now, whom the credential is known to belong to. */
    Users.@Nullable User holder(HeaderDigest.Value digest, Users now) {
        Proof proof = proven.getIfPresent(digest);
        if (proof == null) {
            return null;
        }
        Users.User user = now.find(proof.user());
        return user != null && user.hash().equals(proof.hash()) ? user : null;
    }

    boolean isDisproven(HeaderDigest.Value digest, Users now) {
        return disproven.getIfPresent(digest) == now;
    }
}
