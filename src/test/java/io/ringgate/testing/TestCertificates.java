package io.ringgate.testing;

import io.ringgate.tls.TlsEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A certificate authority in a folder of its own, made with the openssl program. */
public final class TestCertificates {

    static {
        // Tests share a JVM, and the JDK reads what TlsEngine sets once, before its first handshake.
        Objects.requireNonNull(TlsEngine.values());
    }

    private final Path folder;

    public TestCertificates(Path folder) {
        this.folder = folder;
        openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.pem");
    }

    public Path ca() {
        return folder.resolve("ca.pem");
    }

    /** Makes {@code NAME.pem} and {@code NAME.key} (EC, PKCS#8) for the names, each as {@code DNS:…} or {@code IP:…}. */
    public TestCertificates issue(String name, String... alternativeNames) {
        return issueWith("ec -pkeyopt ec_paramgen_curve:P-256", name, alternativeNames);
    }

    public TestCertificates issueRsa(String name, String... alternativeNames) {
        return issueWith("rsa:2048", name, alternativeNames);
    }

    private TestCertificates issueWith(String newKey, String name, String... alternativeNames) {
        openssl("req -x509 -CA ca.pem -CAkey ca.key -newkey " + newKey + " -nodes -days 2 -subj /CN=" + name
                + " -addext subjectAltName=" + String.join(",", alternativeNames)
                + " -addext basicConstraints=critical,CA:FALSE -keyout " + name + ".key -out " + name + ".pem");
        return this;
    }

    /** One that has its name as a common name only. */
    public TestCertificates issueWithoutNames(String name) {
        openssl(
                "req -x509 -CA ca.pem -CAkey ca.key -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN="
                        + name + " -addext basicConstraints=critical,CA:FALSE -keyout " + name + ".key -out " + name
                        + ".pem");
        return this;
    }

    public Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    public Path key(String name) {
        return folder.resolve(name + ".key");
    }

    /** Runs openssl in the folder; the arguments hold no blanks. */
    public void openssl(String arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ", -1)));
        try {
            Path log = folder.resolve("openssl.log");
            int code = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
