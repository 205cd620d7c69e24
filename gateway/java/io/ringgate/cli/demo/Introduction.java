package io.ringgate.cli.demo;

import java.net.URI;
import java.nio.file.Path;

/** What a demo says once, at its begin: what runs where, and how to join in. */
final class Introduction {

    private Introduction() {}

    /** @param user whose password lies in the folder */
    static String text(URI writes, int adminPort, Path folder, String user) {
        String ca = folder.resolve("ca.pem").toString();
        String password = folder.resolve(user + ".password").toString();
        return """
                A gateway takes writes on %1$s
                and forwards them to three stand-in receivers in this process, which check and count and store nothing.
                Two edge clusters write; one sender has a wrong password, one sends malformed writes.

                Its files      %2$s
                Its metrics    http://127.0.0.1:%3$d/metrics
                Its status     http://127.0.0.1:%3$d/status

                Test a credential (405 "recognised as edge ..." when it is right):

                    curl --cacert %4$s -u %6$s:$(cat %5$s) %1$s

                Make a real Prometheus write, with this in its prometheus.yml:

                    remote_write:
                      - url: %1$s
                        basic_auth:
                          username: %6$s
                          password_file: %5$s
                        tls_config:
                          ca_file: %4$s
                """.formatted(writes, folder, adminPort, ca, password, user);
    }
}
