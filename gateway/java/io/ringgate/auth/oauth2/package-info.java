/**
 * Tokens that say nothing themselves: the identity provider is asked what they are worth (RFC 7662), once for a short while
 * each, few at a time. Must not know how tokens are got or what an edge may do.
 */
@NullMarked
package io.ringgate.auth.oauth2;

import org.jspecify.annotations.NullMarked;
