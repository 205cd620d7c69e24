/**
 * All refusals of a write. {@link io.ringgate.reject.Reason} is the table of reason, status, whether the
 * sender should retry, and metric label; {@link io.ringgate.reject.Rejection} is one refusal with its facts. Must not
 * know HTTP types: the {@code http} package turns a rejection into bytes.
 *
 * <p>A new refusal reason starts here: add the constant, and the compiler and the status table test name the rest.
 */
@NullMarked
package io.ringgate.reject;

import org.jspecify.annotations.NullMarked;
