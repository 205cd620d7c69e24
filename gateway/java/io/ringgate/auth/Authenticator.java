package io.ringgate.auth;

import io.vertx.core.Future;

/**
 * Finds out who is calling.
 *
 * <p>Called on an event loop, never blocks it, and completes on the same one. A future that is already complete is the
 * normal case: verified credentials are cached. It never fails: an error inside is a refusal, since any doubt means no.
 */
public interface Authenticator {

    Future<Verdict> identify(PresentedCredentials presented);
}
