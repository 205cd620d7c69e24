/**
 * Signed tokens (JWT, RFC 7519) of configured issuers: read strictly, verified by the issuer's own keys off the event loop,
 * and their claims matched to an edge. Fetches the keys and keeps them fresh. Must not know what an edge may do.
 */
@NullMarked
package io.ringgate.auth.jwt;

import org.jspecify.annotations.NullMarked;
