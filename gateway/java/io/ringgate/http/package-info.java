/**
 * Listeners and HTTP/1.1: strict framing, routes, health, refusals as bytes, the admin pages. Must not know who may
 * write or where writes go.
 */
@NullMarked
package io.ringgate.http;

import org.jspecify.annotations.NullMarked;
