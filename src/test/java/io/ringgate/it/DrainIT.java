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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that goes away says so first, serves on, and loses nothing that is under way. */
class DrainIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final int SENDERS = 6;

    @TempDir
    private Path folder;

    @Test
    void it_is_not_ready_and_serves_as_before_until_the_time_for_that_is_over() throws Exception {
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(receiver, "drain: {keep_serving: 10m}");
                RawClient kept = RawClient.plain(gateway.plainPort())) {
            Thread leaving = Thread.ofPlatform().start(gateway.gateway()::leave);

            Await.until("not ready", () -> ready(gateway.plainPort()) == 503);
            for (int i = 0; i < 3; i++) {
                RawAnswer stored = kept.send(Request.write("berlin", UP)).answer();
                assertThat(stored.status()).isEqualTo(204);
                assertThat(stored.has("Connection")).isFalse();
            }
            try (RawClient fresh = RawClient.plain(gateway.plainPort())) {
                assertThat(fresh.send(Request.write("berlin", UP)).answer().status())
                        .isEqualTo(204);
            }
            assertThat(leaving.isAlive()).isTrue();

            gateway.gateway().close();
            leaving.join();
        }
    }

    @Test
    void then_a_write_under_way_is_answered_an_idle_connection_is_ended_and_none_is_taken() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(receiver, "drain: {keep_serving: 0}");
                RawClient underWay = RawClient.plain(gateway.plainPort());
                RawClient idle = RawClient.plain(gateway.plainPort())) {
            receiver.reply(new Reply.After(gate, Reply.stored()));
            assertThat(idle.send(Request.of("GET", "/-/healthy")).answer().status())
                    .isEqualTo(200);
            underWay.send(Request.write("berlin", UP));
            Await.until("the write is under way", () -> gateway.gateway().writesInFlight() == 1);

            Thread leaving = Thread.ofPlatform().start(gateway.gateway()::leave);

            assertThat(idle.rest()).isEmpty();
            Await.until("no new connection is taken", () -> ready(gateway.plainPort()) == 0);
            assertThat(leaving.isAlive()).isTrue();
            gate.countDown();
            RawAnswer stored = underWay.answer();
            assertThat(stored.status()).isEqualTo(204);
            assertThat(stored.header("Connection")).isEqualTo("close");
            leaving.join();
        } finally {
            gate.countDown();
        }
    }

    @Test
    void a_write_that_never_ends_does_not_hold_it_for_ever() throws Exception {
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(receiver, "drain: {keep_serving: 0, finish: 200ms}");
                RawClient underWay = RawClient.plain(gateway.plainPort())) {
            receiver.reply(new Reply.Never());
            underWay.send(Request.write("berlin", UP));
            Await.until("the write is under way", () -> gateway.gateway().writesInFlight() == 1);

            gateway.gateway().leave();

            assertThat(gateway.gateway().reservedBytes()).isZero();
        }
    }

    @Test
    void under_load_every_write_is_answered_or_was_never_taken() throws Exception {
        AtomicInteger stored = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean gone = new AtomicBoolean();
        List<Thread> senders = new ArrayList<>();
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(receiver, "drain: {keep_serving: 300ms}")) {
            for (int i = 0; i < SENDERS; i++) {
                senders.add(Thread.ofPlatform().start(() -> send(gateway, stored, refused, gone)));
            }
            Await.until("writes come", () -> stored.get() > 100);

            gateway.gateway().leave();
            gone.set(true);

            for (Thread sender : senders) {
                sender.join();
            }
            assertThat(refused).hasValue(0);
            assertThat(receiver.received())
                    .as("a receiver has what senders were told it has, and nothing else")
                    .hasSize(stored.get());
        }
    }

    private static void send(TestGateway gateway, AtomicInteger stored, AtomicInteger refused, AtomicBoolean gone) {
        while (!gone.get()) {
            try (RawClient client = RawClient.plain(gateway.plainPort())) {
                boolean more = true;
                while (more) {
                    RawAnswer answer = client.send(Request.write("berlin", UP)).answer();
                    (answer.status() == 204 ? stored : refused).incrementAndGet();
                    more = !answer.header("Connection").equals("close");
                }
            } catch (IOException noAnswer) {
                // The connection was ended between two writes, or none is taken any more: the sender tries again.
            }
        }
    }

    private TestGateway start(StandInReceiver receiver, String drain) throws Exception {
        return TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .settings(drain)
                .start();
    }

    /** 0 when no answer comes. */
    private static int ready(int port) {
        try (RawClient client = RawClient.plain(port)) {
            return client.send(Request.of("GET", "/-/ready")).answer().status();
        } catch (IOException refused) {
            return 0;
        }
    }
}
