package io.ringgate.auth.jwt;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All issuers that are configured. An immutable snapshot; it is another one after each change. */
final class Realms {

    private final Map<String, Realm> byIssuer = new HashMap<>();
    private final long longest;

    Realms(Collection<Realm> all) {
        long most = 0;
        for (Realm realm : all) {
            byIssuer.put(realm.issuer().issuer(), realm);
            most = Math.max(most, realm.issuer().tokens().maxToken());
        }
        this.longest = most;
    }

    @Nullable
    Realm of(String issuer) {
        return byIssuer.get(issuer);
    }

    boolean isEmpty() {
        return byIssuer.isEmpty();
    }

    /** No issuer's tokens are longer. */
    long longestToken() {
        return longest;
    }
}
