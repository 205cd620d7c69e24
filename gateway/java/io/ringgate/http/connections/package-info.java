/**
 * Which connections are open and from where: admission, eviction, the limits of each source, TLS handshakes and the PROXY
 * protocol. Knows no HTTP.
 */
@NullMarked
package io.ringgate.http.connections;

import org.jspecify.annotations.NullMarked;
