/**
 * The way of one write, in order: identify, admit, read, walk and stamp, send, answer. The only place that knows this
 * order. Must not know HTTP framing: a {@code pipeline.WriteClient} hands in the body and takes the answer.
 */
@NullMarked
package io.ringgate.pipeline;

import org.jspecify.annotations.NullMarked;
