package io.ringgate.http.connections;

import io.ringgate.tls.TlsRecordReader;
import java.util.function.LongSupplier;

/** Decides whether the TLS handshake of a connection may begin, and counts the bytes it buffers. On the connection's event loop. */
public final class HandshakeAdmission implements TlsRecordReader.Owner {

    private final ConnectionSlot slot;
    private final HandshakeTracker handshake;
    private final LongSupplier clock;

    public HandshakeAdmission(ConnectionSlot slot, HandshakeTracker handshake, LongSupplier clock) {
        this.slot = slot;
        this.handshake = handshake;
        this.clock = clock;
    }

    @Override
    public boolean admitsHandshake() {
        boolean admitted = slot.admitsHandshake(clock.getAsLong());
        if (!admitted) {
            handshake.onClosedByUs();
        }
        return admitted;
    }

    @Override
    public void holds(int bytes) {
        slot.setTlsBytes(bytes);
    }
}
