package io.ringgate.config;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One address that clients call.
 *
 * @param address where it listens; port 0 lets the system choose
 * @param tls absent only where the operator wrote {@code unsafe_plaintext: true} or {@code redirect_to_https: true}
 * @param hostNames the names and addresses it is called by, IPv6 without brackets; empty for any
 * @param proxyProtocol whether each connection begins with a header that says where it comes from
 * @param forwardedFor whether X-Forwarded-For of trusted proxies says where a request comes from
 * @param redirectPort the https port that every request is sent on to; absent where writes are taken
 */
public record ListenerConfig(
        HostPort address,
        @Nullable ServerTlsConfig tls,
        List<String> hostNames,
        boolean proxyProtocol,
        boolean forwardedFor,
        OptionalInt redirectPort) {

    public ListenerConfig {
        hostNames = List.copyOf(hostNames);
    }

    /** True when passwords and samples cross the network readable: the operator asked for it by that name. */
    public boolean unsafePlaintext() {
        return tls == null && redirectPort.isEmpty();
    }
}
