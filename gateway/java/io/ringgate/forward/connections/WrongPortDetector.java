package io.ringgate.forward.connections;

import io.netty.buffer.ByteBuf;

/**
 * Looks in a 400 for the words with which servers answer plain HTTP on a port for TLS. Such a 400 says nothing of the
 * write, which would be lost if its sender got it.
 */
final class WrongPortDetector {

    /** Of Go, nginx, Apache and Java servers, in this order. */
    private final ByteMatcher[] matchers = {
        new ByteMatcher("Client sent an HTTP request to an HTTPS server"),
        new ByteMatcher("lain HTTP request was sent to HTTPS port"),
        new ByteMatcher("You're speaking plain HTTP to an SSL-enabled server port"),
        new ByteMatcher("combination of host and port requires TLS"),
    };

    void reset() {
        for (ByteMatcher matcher : matchers) {
            matcher.reset();
        }
    }

    void feed(ByteBuf piece) {
        for (ByteMatcher matcher : matchers) {
            matcher.feed(piece);
        }
    }

    boolean isSeen() {
        for (ByteMatcher matcher : matchers) {
            if (matcher.hasSeen()) {
                return true;
            }
        }
        return false;
    }
}
