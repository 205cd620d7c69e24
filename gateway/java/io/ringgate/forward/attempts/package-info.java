/**
 * Sends a write: chooses a receiver, tries, and tries once more where that is allowed, until there is a result or the
 * deadline. It joins its sibling packages, which do not see one another.
 */
@NullMarked
package io.ringgate.forward.attempts;

import org.jspecify.annotations.NullMarked;
