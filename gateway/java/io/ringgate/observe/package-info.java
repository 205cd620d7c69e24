/**
 * What a running gateway shows of itself: the status page, the access log, and gauges of what no request counts (days
 * left of certificates and credentials, stalls of event loops, direct memory). Changes nothing, and does not know how
 * configuration is reloaded: it gets what is active.
 */
@NullMarked
package io.ringgate.observe;

import org.jspecify.annotations.NullMarked;
