/**
 * How a log event becomes a line on standard error, as text or as JSON, and which events do. Other packages log through
 * SLF4J's fluent API alone: fixed words in {@code log()}, values as key-value pairs. This is the only package that knows
 * logback. Must not know what is logged.
 */
@NullMarked
package io.ringgate.log;

import org.jspecify.annotations.NullMarked;
