/**
 * Asks receivers how they are and compares them: readiness pages, metrics pages, clocks. Only the outlier ejector changes
 * who gets writes. Must not know connections of writes, nor how receivers are found.
 */
@NullMarked
package io.ringgate.forward.health;

import org.jspecify.annotations.NullMarked;
