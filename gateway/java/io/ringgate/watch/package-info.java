/**
 * Tells that files have changed and are whole again, however they were written: over themselves, renamed into place, or
 * behind a symlink that was swapped, as a ConfigMap is. Must not know what is in them.
 */
@NullMarked
package io.ringgate.watch;

import org.jspecify.annotations.NullMarked;
