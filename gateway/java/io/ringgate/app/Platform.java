package io.ringgate.app;

import io.ringgate.tls.TlsEngine;

/**
 * What the machine gives: native sockets (epoll) and BoringSSL, or the JDK's own. Both serve the same; the native ones cost
 * less. Vert.x falls back by itself where epoll does not load.
 */
public record Platform(boolean nativeSockets, TlsEngine engine) {

    /** The best there is here. */
    public static Platform best() {
        return new Platform(true, TlsEngine.best());
    }

    /** Nothing native: NIO and the JDK's TLS. */
    public static Platform portable() {
        return new Platform(false, TlsEngine.JDK);
    }
}
