/**
 * Who the receivers are: the rings with their tenants, DNS lookups in the background, addresses, metric labels. Must not
 * know writes, connections nor health.
 */
@NullMarked
package io.ringgate.forward.discovery;

import org.jspecify.annotations.NullMarked;
