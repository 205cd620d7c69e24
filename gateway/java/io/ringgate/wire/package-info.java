/**
 * The bytes of a remote write: size guards, unpacking, the one walk, stamping, packing. No object is made per series,
 * label or sample. It must not know who sends nor where the bytes go; labels and verdicts come as a compiled
 * {@code wire.StampPlan}.
 */
@NullMarked
package io.ringgate.wire;

import org.jspecify.annotations.NullMarked;
