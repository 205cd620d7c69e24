/**
 * Client certificates as credentials. Whether one is good is {@code tls}'s question; here it is asked whose it is. Must not
 * know other ways to authenticate a caller.
 */
@NullMarked
package io.ringgate.auth.mtls;

import org.jspecify.annotations.NullMarked;
