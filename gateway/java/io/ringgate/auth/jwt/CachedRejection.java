package io.ringgate.auth.jwt;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * By what a token was rejected: others may find otherwise.
 *
 * @param tokenIssuer whose keys were looked at; null when it did not come to that
 * @param keys those by which it was judged
 */
record CachedRejection(
        TokenIssuers snapshot,
        @Nullable TokenIssuer tokenIssuer,
        @Nullable KeySet keys) {

    boolean holds(TokenIssuers now) {
        return snapshot == now
                && (tokenIssuer == null || Objects.equals(tokenIssuer.keys().now(), keys));
    }
}
