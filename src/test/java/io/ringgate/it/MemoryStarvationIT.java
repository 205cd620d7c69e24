package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.cli.SampleWrites;
import io.ringgate.testing.Await;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Edges with a good credential that declare large writes and hardly send them. A body of {@link #PACKED} bytes that declares
 * {@link #ALL} takes nearly the whole budget of 64 MiB.
 */
class MemoryStarvationIT {

    private static final int ALL = 21_500_000;
    private static final int PACKED = 1_050_000;
    private static final byte[] BATCH = SampleWrites.body(1_000, 12, 1_700_000_000_000L, new SplittableRandom(1))
            .packed();
    private static final long MILLI = 1_000_000L;

    private StandInReceiver receiver;
    private TestGateway gateway;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        receiver = StandInReceiver.start();
        TestGateway.Setup setup =
                TestGateway.in(folder).receiverPorts(receiver.port()).budget(64L << 20);
        for (String edge : List.of("greedy", "greedier", "berlin", "seoul", "lima", "oslo")) {
            setup.edge(edge, "team-" + edge);
        }
        gateway = setup.start();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        receiver.close();
    }

    private RawClient declare(String edge, int packed, int unpacked) throws IOException {
        byte[] preface = {
            (byte) (unpacked | 0x80),
            (byte) (unpacked >> 7 | 0x80),
            (byte) (unpacked >> 14 | 0x80),
            (byte) (unpacked >> 21 & 0x7f)
        };
        return RawClient.plain(gateway.plainPort())
                .send(Request.write(edge, new byte[packed]).head())
                .send(preface);
    }

    private double refused(String reason) {
        return gateway.gateway()
                .metricsPage()
                .lines()
                .filter(line -> line.startsWith("ringgate_") && line.contains("reason=\"" + reason + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void what_a_body_cannot_unpack_to_reserves_nothing() throws IOException {
        try (RawClient client = declare("greedy", 45, ALL)) {
            client.send(new byte[41]);
            RawAnswer answer = client.answer();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("45 bytes cannot hold the " + ALL);
        }
        assertThat(gateway.metric("ringgate_memory_reserved_peak_bytes")).isZero();
    }

    @Test
    void a_trickle_above_the_minimum_rate_ends_while_others_are_refused() throws IOException {
        long begun = System.nanoTime();
        Honest other = new Honest("berlin");
        try (RawClient trickle = declare("greedy", PACKED, ALL)) {
            Await.until("it holds the memory", () -> gateway.gateway().reservedBytes() > 60 << 20);
            Trickle drops = new Trickle(trickle);
            Await.until("it is answered", () -> {
                other.step();
                return drops.step();
            });

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
            assertThat(drops.answer().status()).isEqualTo(503);
            assertThat(drops.answer().body()).contains("while other edges need memory");
            assertThat(drops.answer().header("connection")).isEqualTo("close");
            assertThat(refused("slow_body")).isPositive();
            assertThat(other.refused).isPositive();
            assertThat(other.stored).isZero();
            Await.until("the other is served", () -> {
                other.step();
                return other.stored > 0;
            });
        } finally {
            other.close();
        }
    }

    @Test
    void it_goes_on_while_nobody_else_needs_memory() throws IOException {
        try (RawClient trickle = declare("greedy", PACKED, ALL)) {
            Trickle drops = new Trickle(trickle);

            assertThat(Await.within(Duration.ofSeconds(7), drops::step))
                    .as("answered")
                    .isFalse();
            assertThat(gateway.gateway().reservedBytes()).isGreaterThan(60 << 20);
        }
    }

    @Test
    void two_edges_that_take_all_they_get_starve_nobody_for_longer_than_a_body_may_take() {
        List<Greedy> greedy = List.of(new Greedy("greedy"), new Greedy("greedier"));
        long begun = System.nanoTime();
        Await.until("they hold too much for an honest write", () -> {
            greedy.forEach(Greedy::step);
            return gateway.gateway().reservedBytes() > 60 << 20;
        });
        List<Honest> honest =
                Stream.of("berlin", "seoul", "lima", "oslo").map(Honest::new).toList();

        run(greedy, honest, begun + Duration.ofSeconds(7).toNanos());
        int refusedAtFirst = honest.stream().mapToInt(one -> one.refused).sum();
        int storedAtFirst = honest.stream().mapToInt(one -> one.stored).sum();
        run(greedy, honest, begun + Duration.ofSeconds(20).toNanos());
        greedy.forEach(Greedy::close);
        honest.forEach(Honest::close);

        int refused = honest.stream().mapToInt(one -> one.refused).sum() - refusedAtFirst;
        int stored = honest.stream().mapToInt(one -> one.stored).sum() - storedAtFirst;
        assertThat(refusedAtFirst).as("the attack works").isPositive();
        assertThat(refused).as("refused, while " + stored + " were stored").isLessThanOrEqualTo(stored / 50);
        assertThat(honest)
                .as("each of them writes")
                .allSatisfy(one -> assertThat(one.stored).isGreaterThan(20));
    }

    private static void run(List<Greedy> greedy, List<Honest> honest, long until) {
        Await.within(Duration.ofNanos(until - System.nanoTime()), () -> {
            greedy.forEach(Greedy::step);
            honest.forEach(Honest::step);
            return false;
        });
    }

    /** A body that comes at 20 KB a second. */
    private static final class Trickle {
        private static final byte[] DROP = new byte[1_000];

        private final RawClient client;
        private final long begun = System.nanoTime();
        private long dropped = begun;
        private @Nullable RawAnswer answer;

        Trickle(RawClient client) {
            this.client = client;
        }

        /** True once there is an answer. */
        boolean step() {
            try {
                answer = client.answerIfThere();
                if (answer == null && System.nanoTime() - dropped > 50 * MILLI) {
                    dropped = System.nanoTime();
                    client.send(DROP);
                }
                return answer != null;
            } catch (IOException | UncheckedIOException cutOff) {
                return true;
            }
        }

        RawAnswer answer() {
            return Objects.requireNonNull(answer);
        }
    }

    /** Asks for all, then for half of it and so on, keeps what it gets and asks again once that was taken away. */
    private final class Greedy {
        private final String edge;
        private final List<RawClient> clients = new ArrayList<>();
        private final List<Trickle> holding = new ArrayList<>();
        private int wanted = ALL;
        private long asked;

        Greedy(String edge) {
            this.edge = edge;
        }

        void step() {
            Iterator<Trickle> each = holding.iterator();
            while (each.hasNext()) {
                Trickle one = each.next();
                if (one.step()) {
                    each.remove();
                    wanted = System.nanoTime() - one.begun > 1_000 * MILLI ? ALL : wanted / 2;
                }
            }
            if (wanted > 100_000 && System.nanoTime() - asked > 30 * MILLI) {
                asked = System.nanoTime();
                try {
                    RawClient client = declare(edge, PACKED, wanted);
                    clients.add(client);
                    holding.add(new Trickle(client));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        void close() {
            for (RawClient client : clients) {
                try {
                    client.close();
                } catch (IOException alreadyGone) {
                    // That is what it is to be.
                }
            }
        }
    }

    /** Sends batches of 1,000 series one after the other. */
    private final class Honest {
        private final Request request;
        private final RawClient client;
        private boolean waiting;
        private long next;
        private int stored;
        private int refused;

        Honest(String edge) {
            request = Request.write(edge, BATCH);
            try {
                client = RawClient.plain(gateway.plainPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void step() {
            try {
                if (!waiting && System.nanoTime() >= next) {
                    client.send(request);
                    waiting = true;
                }
                RawAnswer answer = waiting ? client.answerIfThere() : null;
                if (answer != null) {
                    waiting = false;
                    next = System.nanoTime() + 100 * MILLI;
                    stored += answer.status() == 204 ? 1 : 0;
                    refused += answer.status() == 204 ? 0 : 1;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void close() {
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
