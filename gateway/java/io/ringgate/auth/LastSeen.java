package io.ringgate.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a credential last authenticated somebody. Any thread; of two at once either may stay. */
public final class LastSeen {

    private volatile long millis;

    /** Null when it has not since the start. */
    public @Nullable Instant time() {
        long at = millis;
        return at == 0 ? null : Instant.ofEpochMilli(at);
    }

    void at(long nowMillis) {
        if (millis != nowMillis) {
            millis = nowMillis;
        }
    }
}
