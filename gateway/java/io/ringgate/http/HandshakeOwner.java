package io.ringgate.http;

import io.ringgate.tls.TlsRecordReader;
import java.util.function.LongSupplier;

/** Tells the TLS side of a connection whether it may begin, and counts what it keeps. On the connection's event loop. */
final class HandshakeOwner implements TlsRecordReader.Owner {

    private final Visit visit;
    private final Opening opening;
    private final LongSupplier clock;

    HandshakeOwner(Visit visit, Opening opening, LongSupplier clock) {
        this.visit = visit;
        this.opening = opening;
        this.clock = clock;
    }

    @Override
    public boolean admitsHandshake() {
        boolean admitted = visit.admitsHandshake(clock.getAsLong());
        if (!admitted) {
            opening.dismissed();
        }
        return admitted;
    }

    @Override
    public void holds(int bytes) {
        visit.holdsByTls(bytes);
    }
}
