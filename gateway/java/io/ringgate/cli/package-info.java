/**
 * The command line, one command a file. Prints for people, exits with 0, 1 or 2, never with a trace for something the
 * operator did. Nobody imports it.
 */
@NullMarked
package io.ringgate.cli;

import org.jspecify.annotations.NullMarked;
