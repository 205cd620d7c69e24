/**
 * One request to one receiver: channels on the event loop of the write, their pools, the request's bytes, the answer's
 * bytes and what they mean for the write. Must not know other receivers, nor whether the write is sent again.
 */
@NullMarked
package io.ringgate.forward.connections;

import org.jspecify.annotations.NullMarked;
