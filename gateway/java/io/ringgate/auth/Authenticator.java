package io.ringgate.auth;

import io.vertx.core.Future;

/**
 * Authenticates the sender of a request.
 *
 * <p>Called on an event loop, never blocks it, and completes on the same one. A future that is already complete is the
 * normal case: verified credentials are cached. It never fails: an error inside is a refusal.
 */
public interface Authenticator {

    Future<Verdict> identify(PresentedCredentials presented);
}
