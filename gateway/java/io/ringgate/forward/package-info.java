/**
 * From a stamped write to a receiver's answer: who the receivers are, which one is asked, keep-alive pools on the event
 * loop of the write, deadlines, who is healthy and how often is retried. Must not know tenants' rules nor the client's connection.
 */
@NullMarked
package io.ringgate.forward;

import org.jspecify.annotations.NullMarked;
