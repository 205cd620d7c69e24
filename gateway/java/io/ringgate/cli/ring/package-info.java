/**
 * Commands that show where series lie on the rings of a file, before any receiver reads it. They read files and the
 * standard input; they know nothing of a running gateway.
 */
@NullMarked
package io.ringgate.cli.ring;

import org.jspecify.annotations.NullMarked;
