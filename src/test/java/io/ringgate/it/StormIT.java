package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.cli.SampleWrites;
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
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients at once do everything that may happen to a write, in any order, over a memory budget that does not hold them
 * all. What each is told fits what it did, and afterwards nothing is held and no buffer has leaked.
 */
class StormIT {

    private static final int CLIENTS = 8;
    private static final int REQUESTS = 120;
    private static final List<Reply> REPLIES = List.of(
            Reply.stored(),
            Reply.stored(),
            Reply.stored(),
            Reply.status(503, "later"),
            Reply.status(409, "out of order"),
            new Reply.Say("rubbish\r\n\r\n"),
            new Reply.HangUp());

    private static final byte[] SMALL =
            Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final byte[] FAULTY = Proto.write(Proto.gauge("__name__", "up"), Proto.gauge("a", "1", "a", "2"))
            .packed();
    private static final byte[] MIDDLE = SampleWrites.body(2_000, 12, 1_700_000_000_000L, new SplittableRandom(1))
            .packed();
    private static final byte[] LARGE = SampleWrites.body(9_000, 12, 1_700_000_000_000L, new SplittableRandom(1))
            .packed();

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void nothing_is_left_behind(@TempDir Path folder) throws Exception {
        long seed = System.nanoTime();
        try (StandInReceiver one = StandInReceiver.start();
                StandInReceiver two = StandInReceiver.start();
                TestGateway gateway = TestGateway.in(folder)
                        .receiverPorts(one.port(), two.port())
                        .edge("berlin", "team-a")
                        .edge("tokyo", "team-b")
                        .settings("body: {max_packed: 1MiB}")
                        .settings("timeouts: {write_deadline: 5s, attempt: 1s}")
                        .budget(24 << 20)
                        .start()) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                SplittableRandom own = random.split();
                List<StandInReceiver> receivers = List.of(one, two);
                threads.add(Thread.ofPlatform().start(() -> client(gateway, receivers, own)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).as("seed %d", seed).isEmpty();
        }
    }

    private void client(TestGateway gateway, List<StandInReceiver> receivers, SplittableRandom random) {
        try {
            for (int i = 0; i < REQUESTS; i++) {
                receivers.get(random.nextInt(2)).reply(REPLIES.get(random.nextInt(REPLIES.size())));
                RawClient client = random.nextBoolean()
                        ? RawClient.plain(gateway.plainPort())
                        : RawClient.tls(gateway.tlsPort(), gateway.ca());
                try (client) {
                    oneOf(client, random);
                }
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    private static void oneOf(RawClient client, SplittableRandom random) throws IOException {
        String user = random.nextBoolean() ? "berlin" : "tokyo";
        switch (random.nextInt(8)) {
            case 0 -> told(client, Request.write(user, SMALL), 204, 409, 503);
            case 1 -> told(client, Request.write(user, MIDDLE), 204, 409, 503);
            case 2 -> told(client, Request.write(user, LARGE).chunked(5_000), 204, 409, 503);
            case 3 -> told(client, Request.write(user, FAULTY), 400, 409, 503);
            case 4 -> told(client, Request.write(user, MIDDLE).credential(user, "wrong"), 401);
            case 5 -> told(client, Request.write(user, MIDDLE).header("Transfer-Encoding", "chunked"), 400);
            case 6 -> {
                byte[] request = Request.write(user, LARGE).bytes();
                client.send(Arrays.copyOf(request, random.nextInt(request.length)));
                client.reset();
            }
            default -> {
                client.send(Request.write(user, SMALL))
                        .send(Request.write(user, MIDDLE))
                        .send(Request.write(user, LARGE));
                for (int i = random.nextInt(4); i > 0; i--) {
                    assertThat(client.answer().status()).isIn(204, 409, 503);
                }
            }
        }
    }

    private static void told(RawClient client, Request request, Integer... statuses) throws IOException {
        RawAnswer answer = client.send(request).answer();
        assertThat(answer.status()).as(answer.body()).isIn((Object[]) statuses);
    }
}
