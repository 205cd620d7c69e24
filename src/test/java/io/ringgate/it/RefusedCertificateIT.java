package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringgate.app.StartProblem;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that clients refuse: the gateway starts with them, for those who do not, and says so. */
class RefusedCertificateIT {

    @TempDir
    private Path folder;

    @Test
    void one_without_alternative_names_is_in_use_and_shown() throws Exception {
        TestCertificates certificates = new TestCertificates(folder).issueWithoutNames("server");
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = TestGateway.in(folder)
                        .receiverPorts(receiver.port())
                        .edge("berlin", "team-a")
                        .certificates(certificates)
                        .start()) {
            assertThat(gateway.metric(
                            "ringgate_certificate_refused{file=\"" + certificates.certificate("server") + "\"}"))
                    .isEqualTo(1);
            try (RawClient admin = RawClient.plain(gateway.adminPort())) {
                assertThat(admin.send(Request.of("GET", "/status")).answer().body())
                        .contains("\"refused_by_clients_because\" : [ \"has no subject alternative name");
            }
            try (RawClient client = RawClient.plain(gateway.plainPort())) {
                byte[] up = Proto.write(Proto.gauge("__name__", "up")).packed();
                assertThat(client.send(Request.write("berlin", up)).answer().status())
                        .isEqualTo(204);
            }
        }
    }

    @Test
    void a_key_that_does_not_fit_serves_nobody_and_is_refused() throws Exception {
        TestCertificates certificates =
                new TestCertificates(folder).issue("server", "DNS:localhost").issue("other", "DNS:localhost");
        Files.copy(certificates.key("other"), certificates.key("server"), StandardCopyOption.REPLACE_EXISTING);
        TestGateway.Setup setup =
                TestGateway.in(folder).edge("berlin", "team-a").certificates(certificates);

        assertThatThrownBy(setup::start)
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("does not match the first certificate");
    }
}
