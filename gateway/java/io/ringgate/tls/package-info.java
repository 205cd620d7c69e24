/**
 * Server and client TLS from configuration, on BoringSSL where it is present, else on the JDK's. Must not know who a
 * peer is: certificates are checked here, identities are found in {@code auth}.
 */
@NullMarked
package io.ringgate.tls;

import org.jspecify.annotations.NullMarked;
