package io.ringgate.forward;

import io.netty.buffer.ByteBuf;
import io.ringgate.edge.TenantId;

/**
 * A stamped and packed write on its way out.
 *
 * @param body snappy bytes of a remote write 1.0 message; its one reference belongs to the forwarder from the call on,
 *     which releases it on every path
 * @param deadlineNanos when the answer must be there, on the scale of {@link System#nanoTime}
 */
public record Outgoing(ByteBuf body, TenantId tenant, String requestId, long deadlineNanos) {}
