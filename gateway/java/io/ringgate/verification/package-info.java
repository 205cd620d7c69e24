/**
 * Costly checks of credentials, once for all methods: the digest and the caches, one check for however many show the same
 * credential, a fair queue, limits of failures, the threads, and the way back to the caller's loop. Must not know edges, nor
 * what a credential looks like.
 */
@NullMarked
package io.ringgate.verification;

import org.jspecify.annotations.NullMarked;
