package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that goes away says so, and loses nothing that is under way. */
class DrainIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    @Test
    void a_gateway_that_stops_is_not_ready_and_still_answers_what_it_has(@TempDir Path folder) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = TestGateway.in(folder)
                        .receiverPorts(receiver.port())
                        .edge("berlin", "team-a")
                        .start();
                RawClient underWay = RawClient.plain(gateway.plainPort());
                RawClient idle = RawClient.plain(gateway.plainPort())) {
            receiver.reply(new Reply.After(gate, Reply.stored()));
            underWay.send(Request.write("berlin", UP));
            Await.until("the write is under way", () -> gateway.gateway().writesInFlight() == 1);

            Thread stopping = Thread.ofPlatform().start(gateway.gateway()::close);

            Await.until("not ready", () -> ready(gateway.plainPort()) == 503);
            RawAnswer healthy = idle.send(Request.of("GET", "/-/healthy")).answer();
            assertThat(healthy.status()).isEqualTo(200);
            assertThat(healthy.header("Connection")).isEqualTo("close");
            gate.countDown();
            RawAnswer stored = underWay.answer();
            assertThat(stored.status()).isEqualTo(204);
            assertThat(stored.header("Connection")).isEqualTo("close");
            stopping.join();
        } finally {
            gate.countDown();
        }
    }

    private static int ready(int port) {
        try (RawClient client = RawClient.plain(port)) {
            return client.send(Request.of("GET", "/-/ready")).answer().status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
