package io.ringgate.auth.jwt;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a token was rejected by. The rejection counts while all of it is unchanged.
 *
 * @param tokenIssuer whose keys were searched; null when the token was rejected before
 * @param keys the keys at that time
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
