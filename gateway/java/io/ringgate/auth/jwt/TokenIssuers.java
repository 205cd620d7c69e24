package io.ringgate.auth.jwt;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All issuers that are configured. An immutable snapshot; it is another one after each change. */
final class TokenIssuers {

    private final Map<String, TokenIssuer> byIssuer = new HashMap<>();
    private final long longest;

    TokenIssuers(Collection<TokenIssuer> all) {
        long most = 0;
        for (TokenIssuer tokenIssuer : all) {
            byIssuer.put(tokenIssuer.issuer().issuer(), tokenIssuer);
            most = Math.max(most, tokenIssuer.issuer().tokens().maxToken());
        }
        this.longest = most;
    }

    @Nullable
    TokenIssuer of(String issuer) {
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
