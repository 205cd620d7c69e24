/**
 * From an edge to what is written into its series: compiles an {@code edge.Edge} to a stamp plan. Must not
 * know bytes beyond the plan, nor when it is applied.
 */
@NullMarked
package io.ringgate.stamp;

import org.jspecify.annotations.NullMarked;
