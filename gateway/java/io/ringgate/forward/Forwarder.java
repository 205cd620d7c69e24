package io.ringgate.forward;

import java.util.function.Consumer;

/**
 * Sends one write to the receivers.
 *
 * <p>One instance belongs to one event loop: {@link #send} is called there and {@code done} is called there, exactly once,
 * after the last reference to the body that this side held was released or handed to a closing socket.
 */
public interface Forwarder {

    void send(Outgoing write, Consumer<Outcome> done);
}
