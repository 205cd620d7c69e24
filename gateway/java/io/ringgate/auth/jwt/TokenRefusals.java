package io.ringgate.auth.jwt;

import io.ringgate.auth.Refusals;
import io.ringgate.auth.Verdict;
import io.vertx.core.Future;

/** Why a signed token cannot be judged now. */
final class TokenRefusals {

    static final Future<Verdict> NO_KEYS = Refusals.unavailable("the keys of the token's issuer are not there now");
    static final Future<Verdict> KEY_PENDING = Refusals.unavailable("the token names a key that is being asked for");
    static final Future<Verdict> TOO_MANY_EDGES = Refusals.unavailable(
            "the gateway makes no further edges of tokens: its operator has to raise max_dynamic_tenants");

    private TokenRefusals() {}
}
