package io.ringgate.auth.jwt;

import io.ringgate.auth.Refusals;
import io.ringgate.auth.Verdict;
import io.vertx.core.Future;

/** Why a signed token cannot be verified now. */
final class TokenRefusals {

    static final Future<Verdict> NO_KEYS = Refusals.unavailable("the keys of the token's issuer are not available");
    static final Future<Verdict> KEY_PENDING =
            Refusals.unavailable("the token names an unknown key, which is being fetched");
    static final Future<Verdict> TOO_MANY_EDGES =
            Refusals.unavailable("the gateway is at max_dynamic_tenants: its operator has to raise it");

    private TokenRefusals() {}
}
