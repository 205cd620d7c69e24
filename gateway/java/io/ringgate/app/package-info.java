/**
 * Assembles the gateway from its configuration, starts and stops it, and brings a reloaded configuration to every running
 * part. The only place that sees every package; only {@code cli} imports it.
 */
@NullMarked
package io.ringgate.app;

import org.jspecify.annotations.NullMarked;
