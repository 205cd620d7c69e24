package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes of small series on which the gateway stamps many times their size. */
class LargeStampIT {

    private static final int SERIES = 12_000;

    @TempDir
    Path folder;

    private StandInReceiver receiver;

    @BeforeEach
    void listen() throws Exception {
        receiver = StandInReceiver.start();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void a_write_within_the_limits_is_never_too_large_for_its_stamps() throws Exception {
        try (TestGateway gateway = gateway(256L << 20).start()) {
            RawAnswer answer = write(gateway);

            assertThat(answer.status()).as(answer.body()).isEqualTo(204);
            assertThat(receiver.onlyOne().series()).hasSize(SERIES);
        }
    }

    @Test
    void a_budget_that_cannot_hold_the_stamps_is_named() throws Exception {
        try (TestGateway gateway = gateway(32L << 20).start()) {
            RawAnswer answer = write(gateway);

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body())
                    .startsWith("the memory need of this write is ")
                    .contains("memory_budget allows " + (32L << 20))
                    .doesNotContain("max_body");
        }
    }

    @Test
    void fewer_series_a_write_need_less_of_the_budget() throws Exception {
        TestGateway.Setup setup = gateway(32L << 20).limits("team-a", "max_series_per_write: 12000");
        try (TestGateway gateway = setup.start()) {
            assertThat(write(gateway).status()).isEqualTo(204);
        }
    }

    @Test
    void more_series_than_the_default_are_refused_by_its_name() throws Exception {
        try (TestGateway gateway = gateway(256L << 20).start();
                RawClient client = RawClient.plain(gateway.plainPort())) {
            RawAnswer answer =
                    client.send(Request.write("berlin", series(50_001))).answer();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body())
                    .startsWith("this write has 50001 series, max_series_per_write allows 50000: set"
                            + " max_samples_per_send: 50000 in the sender's queue_config");
        }
    }

    private TestGateway.Setup gateway(long budget) throws Exception {
        String labels = "    labels: {a: %1$s, b: %1$s, c: %1$s, d: %1$s}".formatted("v".repeat(100));
        return TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a", labels)
                .budget(budget);
    }

    private static RawAnswer write(TestGateway gateway) throws Exception {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.write("berlin", series(SERIES))).answer();
        }
    }

    private static byte[] series(int count) {
        Proto write = new Proto();
        for (int i = 0; i < count; i++) {
            write.message(1, Proto.gauge("__name__", "m" + i));
        }
        return write.packed();
    }
}
