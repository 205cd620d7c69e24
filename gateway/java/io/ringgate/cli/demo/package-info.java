/**
 * The newcomer's first minute: stand-in receivers, edges that write and misbehave, and a live table. Nothing in the
 * gateway knows it.
 */
@NullMarked
package io.ringgate.cli.demo;

import org.jspecify.annotations.NullMarked;
