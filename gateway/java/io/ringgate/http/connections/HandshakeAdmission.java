package io.ringgate.http.connections;

import io.ringgate.tls.TlsRecordReader;
import java.util.function.LongSupplier;

/** Tells the TLS side of a connection whether it may begin, and counts what it keeps. On the connection's event loop. */
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
            handshake.onDismissed();
        }
        return admitted;
    }

    @Override
    public void holds(int bytes) {
        slot.holdsByTls(bytes);
    }
}
