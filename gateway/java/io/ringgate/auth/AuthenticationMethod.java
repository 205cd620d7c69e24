package io.ringgate.auth;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** One method of authentication. Behaves as an {@link Authenticator}, for what is of its kind. */
public interface AuthenticationMethod {

    /** Null when nothing that is presented is for it to judge. */
    @Nullable
    Future<Verdict> identify(PresentedCredentials presented);
}
