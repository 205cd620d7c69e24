package io.ringgate.auth.jwt;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * By what a token was rejected: others may find otherwise.
 *
 * @param realm whose keys were looked at; null when it did not come to that
 * @param keys those by which it was judged
 */
record CachedRejection(
        Realms snapshot, @Nullable Realm realm, @Nullable KeySet keys) {

    boolean holds(Realms now) {
        return snapshot == now && (realm == null || Objects.equals(realm.keys().now(), keys));
    }
}
