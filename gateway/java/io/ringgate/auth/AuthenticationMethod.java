package io.ringgate.auth;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** One method of authentication: an {@link Authenticator} for one kind of credential. */
public interface AuthenticationMethod {

    /** Null when no credential of its kind is presented. */
    @Nullable
    Future<Verdict> identify(PresentedCredentials presented);
}
