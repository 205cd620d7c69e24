package io.ringgate.forward;

import io.netty.buffer.ByteBuf;
import io.ringgate.edge.TenantId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stamped and packed write on its way out.
 *
 * @param body snappy bytes of a remote write 1.0 message; its one reference belongs to the forwarder from the call on,
 *     which releases it on every path
 * @param trace what the sender says the write belongs to; when absent, it begins a trace of our own
 * @param deadlineNanos when the answer must be there, on the scale of {@link System#nanoTime}
 * @param beforeAttempt gets the label of each receiver before it is asked
 */
public record OutgoingWrite(
        ByteBuf body,
        TenantId tenant,
        String requestId,
        @Nullable TraceContext trace,
        long deadlineNanos,
        Consumer<String> beforeAttempt) {

    /** A write whose attempts are not observed. */
    public OutgoingWrite(
            ByteBuf body, TenantId tenant, String requestId, @Nullable TraceContext trace, long deadlineNanos) {
        this(body, tenant, requestId, trace, deadlineNanos, receiver -> {});
    }
}
