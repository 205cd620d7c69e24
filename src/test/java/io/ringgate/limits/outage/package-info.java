/**
 * What happens after an outage: the real limits between senders that behave as Prometheus does and a central system that
 * stores so many samples a second. No thread, no waiting: time is a number, and a seed gives all that is random.
 */
@NullMarked
package io.ringgate.limits.outage;

import org.jspecify.annotations.NullMarked;
