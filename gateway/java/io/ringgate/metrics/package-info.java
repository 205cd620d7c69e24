/**
 * The interface of all metrics: counters, timers and gauges by name and labels, with an implementation that counts nothing
 * for tests and tools. It must not know how numbers are published; {@code metrics.micrometer} does.
 */
@NullMarked
package io.ringgate.metrics;

import org.jspecify.annotations.NullMarked;
