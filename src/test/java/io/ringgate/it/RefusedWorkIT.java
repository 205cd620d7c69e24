package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that is refused is no free work: whatever a body is refused for once it was read, its edge's rates pay for it. */
class RefusedWorkIT {

    private static final int SERIES = 10_000;
    private static final int WRITES = 12;
    private static final byte[] BODY = Proto.write(IntStream.range(0, SERIES)
                    .mapToObj(i -> Proto.gauge("__name__", "up", "row", "row-" + i))
                    .toArray(Proto[]::new))
            .packed();

    /** With two of them at once, and one more a second; the last line says why a body that was read is refused. */
    private static final String TWO_REQUESTS = "requests_per_second: {rate: 1, burst: 2}\n";

    private static final String TWO_BODIES = "bytes_per_second: {rate: 1, burst: " + 2 * BODY.length + "}\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                TWO_REQUESTS + "max_series_per_write: 1000",
                TWO_REQUESTS + "max_samples_per_write: 1000",
                TWO_REQUESTS + "samples_per_second: {rate: 10, burst: 100}",
            })
    void is_paid_in_requests(String policy) throws Exception {
        isReadTwice(policy, Request.write("berlin", BODY));
        isReadTwice(policy, Request.write("oslo", BODY).chunked(50_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max_series_per_write: 1000",
                "max_samples_per_write: 1000",
                "samples_per_second: {rate: 10, burst: 100}"
            })
    void is_paid_in_bytes(String why) throws Exception {
        isReadTwice(TWO_BODIES + why, Request.write("berlin", BODY));
        isReadTwice(TWO_BODIES + why, Request.write("oslo", BODY).chunked(50_000));
    }

    private void isReadTwice(String policy, Request request) throws Exception {
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = TestGateway.in(Files.createTempDirectory(folder, "gateway"))
                        .receiverPorts(receiver.port())
                        .edge("berlin", "team-a")
                        .edge("oslo", "team-a")
                        .limits("team-a", policy)
                        .start()) {
            long began = System.nanoTime();
            int tooLarge = 0;
            for (int i = 0; i < WRITES; i++) {
                try (RawClient client = RawClient.plain(gateway.plainPort())) {
                    int status = client.send(request).answer().status();
                    assertThat(status).isIn(413, 503);
                    tooLarge += status == 413 ? 1 : 0;
                }
            }
            long seconds = (System.nanoTime() - began) / 1_000_000_000L + 1;

            double read = received(gateway) / BODY.length;
            assertThat(read).as(policy).isBetween(2.0, 2.0 + seconds);
            assertThat(tooLarge).isEqualTo((int) read);
        }
    }

    private static double received(TestGateway gateway) {
        return gateway.gateway()
                .metricsPage()
                .lines()
                .filter(line -> line.startsWith("ringgate_received_bytes_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
