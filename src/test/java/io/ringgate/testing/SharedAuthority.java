package io.ringgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One authority and one certificate for all gateways of this JVM: making them takes longer than a start. */
final class SharedAuthority {

    private static final TestCertificates SHARED = make();

    private SharedAuthority() {}

    private static TestCertificates make() {
        try {
            Path folder = Files.createTempDirectory("ringgate-it-certs");
            for (String name : List.of("", "ca.pem", "ca.key", "server.pem", "server.key", "openssl.log")) {
                folder.resolve(name).toFile().deleteOnExit();
            }
            return new TestCertificates(folder).issue("server", "DNS:localhost", "IP:127.0.0.1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestCertificates get() {
        return SHARED;
    }
}
