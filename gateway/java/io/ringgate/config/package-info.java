/**
 * What an operator decides, as immutable records with every default as a named constant, and the {@link
 * io.ringgate.config.Problems} of what they wrote. The loader lies in {@code config.yaml}. Must not know a runtime
 * class: no Vert.x, no sockets, no parsed certificates, only where they lie.
 */
@NullMarked
package io.ringgate.config;

import org.jspecify.annotations.NullMarked;
