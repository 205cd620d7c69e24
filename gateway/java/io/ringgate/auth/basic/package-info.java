/**
 * Basic authentication against an htpasswd file: parse, a cache of proven credentials bound to the stored hash, and
 * hashing where proofs are made. Must not know what an edge may do.
 */
@NullMarked
package io.ringgate.auth.basic;

import org.jspecify.annotations.NullMarked;
