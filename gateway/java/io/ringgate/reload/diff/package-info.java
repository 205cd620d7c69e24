/**
 * What a change of configuration does, in words for the log and for the operator's answer: edges, policies, rings, settings.
 * Compares two values; reads no file and decides nothing.
 */
@NullMarked
package io.ringgate.reload.diff;

import org.jspecify.annotations.NullMarked;
