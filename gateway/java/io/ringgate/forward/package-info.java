/**
 * From a stamped write to a receiver's answer. Here is the contract that the pipeline sends by, and a receiver as all
 * event loops see it. Below it: {@code discovery} (who the receivers are), {@code health} (what asks and judges them),
 * {@code connections} (one request and its answer), {@code attempts} (which receiver, when again). Must not know tenants' rules
 * nor the client's connection.
 */
@NullMarked
package io.ringgate.forward;

import org.jspecify.annotations.NullMarked;
