/**
 * A sender and a sink for speed runs, directly on Netty so that neither is the limit. They know remote write's bytes and
 * HTTP/1.1, and nothing of the gateway.
 */
@NullMarked
package io.ringgate.cli.bench;

import org.jspecify.annotations.NullMarked;
