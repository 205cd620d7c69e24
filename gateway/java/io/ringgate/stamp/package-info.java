/**
 * Compiles an {@code edge.Edge} to the stamp plan of its series. Must not know how or when a plan is applied.
 */
@NullMarked
package io.ringgate.stamp;

import org.jspecify.annotations.NullMarked;
