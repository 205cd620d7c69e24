/**
 * Secret values in one type, which prints redacted and compares in constant time. It must not know what
 * the secret is for.
 */
@NullMarked
package io.ringgate.secret;

import org.jspecify.annotations.NullMarked;
