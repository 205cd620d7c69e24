/**
 * Which changes need the operator's {@code force}: those that take away most endpoints of a ring, many edges' last credential,
 * or every policy. And what of such a change applies at once all the same. Compares two values; reads no file.
 */
@NullMarked
package io.ringgate.reload.guard;

import org.jspecify.annotations.NullMarked;
