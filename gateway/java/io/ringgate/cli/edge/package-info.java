/**
 * Commands that change who may write. They write files as an operator would, and only what passes the check; they know
 * nothing of a running gateway, which notices by itself.
 */
@NullMarked
package io.ringgate.cli.edge;

import org.jspecify.annotations.NullMarked;
