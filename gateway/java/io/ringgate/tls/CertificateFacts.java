package io.ringgate.tls;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What is said in a server's certificate file.
 *
 * @param names the DNS names of the server's own certificate
 * @param addresses its IP addresses
 * @param expiry when the first of the chain expires; in the past for one that already has
 */
public record CertificateFacts(Path file, List<String> names, List<String> addresses, Instant expiry) {

    public CertificateFacts {
        names = List.copyOf(names);
        addresses = List.copyOf(addresses);
    }
}
