package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.basic.NewHash;
import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody guesses passwords as fast as he can; the edges notice little. */
class GuessingIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final InetAddress GUESSER = InetAddress.ofLiteral("127.0.0.9");
    private static final InetAddress NEWCOMER = InetAddress.ofLiteral("127.0.0.3");
    private static final int CONNECTIONS = 150;

    private StandInReceiver receiver;
    private TestGateway gateway;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        String hash = NewHash.of(TestGateway.PASSWORD.getBytes(StandardCharsets.UTF_8), 8, new SecureRandom());
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .hash("berlin", hash)
                .edge("seoul", "team-a")
                .hash("seoul", hash)
                .start();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        receiver.close();
    }

    private RawAnswer write(InetAddress from, String user, String password) throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort(), from)) {
            return client.send(Request.write(user, UP).credential(user, password))
                    .answer();
        }
    }

    @Test
    void who_tries_one_user_too_often_is_put_off_and_the_user_still_logs_in_from_elsewhere() throws IOException {
        List<Integer> heard = new ArrayList<>();
        RawAnswer last = write(GUESSER, "berlin", "guess");
        for (int i = 0; i < 15; i++) {
            last = write(GUESSER, "berlin", "guess " + i);
            heard.add(last.status());
        }

        assertThat(heard).contains(401, 503).startsWith(401, 401, 401, 401, 401);
        assertThat(last.status()).isEqualTo(503);
        assertThat(last.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(last.body())
                .startsWith("too many credentials wait for verification, or too many were wrong lately, retry in ");
        assertThat(write(NEWCOMER, "berlin", TestGateway.PASSWORD).status()).isEqualTo(204);
        assertThat(write(GUESSER, "seoul", TestGateway.PASSWORD).status()).isEqualTo(204);
        assertThat(gateway.metric("ringgate_auth_proofs_refused_total{reason=\"failed_too_often\"}"))
                .isPositive();
    }

    @Test
    void while_the_room_is_full_of_guesses_known_edges_write_and_others_log_in() throws Exception {
        Queue<RawAnswer> heard = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger guesses = new AtomicInteger();
        List<RawClient> clients = new ArrayList<>();
        List<Thread> guessers = new ArrayList<>();
        try (RawClient agent = RawClient.plain(gateway.plainPort())) {
            assertThat(agent.send(Request.write("berlin", UP)).answer().status())
                    .isEqualTo(204);
            for (int i = 0; i < CONNECTIONS; i++) {
                RawClient client = RawClient.plain(gateway.plainPort(), GUESSER);
                clients.add(client);
                guessers.add(Thread.ofVirtual().start(() -> guess(client, heard, guesses, over)));
            }
            Await.until(
                    "no more guesses of one source may wait",
                    () -> gateway.metric("ringgate_auth_proofs_refused_total{reason=\"queue_full\"}") > 0);

            for (int i = 0; i < 200; i++) {
                assertThat(agent.send(Request.write("berlin", UP)).answer().status())
                        .isEqualTo(204);
            }
            long begin = System.nanoTime();
            assertThat(write(NEWCOMER, "seoul", TestGateway.PASSWORD).status()).isEqualTo(204);
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(5));
            Await.until("some guesses were checked", () -> heard.stream().anyMatch(a -> a.status() == 401));
        } finally {
            over.set(true);
            for (RawClient client : clients) {
                client.close();
            }
            for (Thread guesser : guessers) {
                guesser.join();
            }
        }

        assertThat(heard).extracting(RawAnswer::status).containsOnly(401, 503);
        assertThat(heard)
                .filteredOn(answer -> answer.status() == 503)
                .allSatisfy(answer -> assertThat(answer.header("Retry-After")).isNotEmpty());
    }

    private static void guess(RawClient client, Queue<RawAnswer> heard, AtomicInteger guesses, AtomicBoolean over) {
        try {
            while (!over.get()) {
                int number = guesses.incrementAndGet();
                heard.add(client.send(Request.write("berlin", UP).credential("user-" + number, "guess"))
                        .answer());
            }
        } catch (IOException closed) {
            if (!over.get()) {
                heard.add(new RawAnswer(-1, List.of(), closed.toString()));
            }
        }
    }
}
