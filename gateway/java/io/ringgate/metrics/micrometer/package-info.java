/**
 * The metrics seam on Micrometer with the Prometheus registry: one registry, one page. Nothing outside {@code app} may
 * import it, and it must not know what the numbers mean.
 */
@NullMarked
package io.ringgate.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
