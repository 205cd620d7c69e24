/** Edges of one tenant that all want more of its rates than there is, in passed time, with the real limits. */
@NullMarked
package io.ringgate.limits.contest;

import org.jspecify.annotations.NullMarked;
