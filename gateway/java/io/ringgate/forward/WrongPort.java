package io.ringgate.forward;

import io.netty.buffer.ByteBuf;

/**
 * Looks in a 400 for the words with which servers answer plain HTTP on a port for TLS. Such a 400 says nothing of the
 * write, which would be lost if its sender heard it.
 */
final class WrongPort {

    /** Of Go, nginx, Apache and Java servers, in this order. */
    private final Spotter[] spotters = {
        new Spotter("Client sent an HTTP request to an HTTPS server"),
        new Spotter("lain HTTP request was sent to HTTPS port"),
        new Spotter("You're speaking plain HTTP to an SSL-enabled server port"),
        new Spotter("combination of host and port requires TLS"),
    };

    void reset() {
        for (Spotter spotter : spotters) {
            spotter.reset();
        }
    }

    void look(ByteBuf piece) {
        for (Spotter spotter : spotters) {
            spotter.look(piece);
        }
    }

    boolean isSeen() {
        for (Spotter spotter : spotters) {
            if (spotter.hasSeen()) {
                return true;
            }
        }
        return false;
    }
}
