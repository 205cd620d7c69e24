package io.ringgate.auth;

import io.ringgate.edge.Address;
import io.ringgate.edge.Network;
import io.ringgate.tls.ClientCertificate;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of one request, untrusted.
 *
 * @param authorization the value of the one Authorization header, untrusted; absent when there was none
 * @param certificate of the connection, good when its handshake was made; absent without one
 * @param source the client's address, {@link Address#NONE} when it is unknown
 * @param counted the source that its attempts count for: the proxy's when that names no client
 */
public record PresentedCredentials(
        @Nullable String authorization, @Nullable ClientCertificate certificate, Address source, Network counted) {

    /** Its attempts count for its own address. */
    public PresentedCredentials(
            @Nullable String authorization, @Nullable ClientCertificate certificate, Address source) {
        this(authorization, certificate, source, source.source());
    }

    /** Never prints what was presented. */
    @Override
    public String toString() {
        return "Presented[" + (authorization == null ? "no" : "an") + " authorization, "
                + (certificate == null ? "no" : "a") + " certificate]";
    }
}
