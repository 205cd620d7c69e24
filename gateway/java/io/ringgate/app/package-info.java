/**
 * Assembles the gateway from its configuration and runs it: start, stop, and what is shared between listeners. The
 * only place that sees every package; nobody but {@code cli} imports it.
 */
@NullMarked
package io.ringgate.app;

import org.jspecify.annotations.NullMarked;
