/**
 * Detects changed files once they are complete, however they were written: in place, by a rename, or by a swapped symlink
 * as in a ConfigMap. Must not know what is in them.
 */
@NullMarked
package io.ringgate.watch;

import org.jspecify.annotations.NullMarked;
