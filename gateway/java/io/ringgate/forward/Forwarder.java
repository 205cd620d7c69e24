package io.ringgate.forward;

import io.ringgate.edge.TenantId;
import java.util.function.Consumer;

/**
 * Sends one write to the receivers.
 *
 * <p>One instance belongs to one event loop: {@link #send} is called there and {@code done} is called there, exactly once,
 * after the last reference to the body that this side held was released or handed to a closing socket.
 */
public interface Forwarder {

    /** Whether there is a ring for the tenant's writes. Any write of another tenant ends as unavailable. */
    boolean hasRing(TenantId tenant);

    void send(OutgoingWrite write, Consumer<Outcome> done);
}
