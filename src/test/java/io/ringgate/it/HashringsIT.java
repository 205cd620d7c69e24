package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.hashring.FileHash;
import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.ReceivedWrite;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several rings: the tenant chooses, and rings are exchanged while writes run. */
class HashringsIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final int WRITERS = 6;

    private static final List<StandInReceiver> RECEIVERS = new ArrayList<>();
    private static TestGateway gateway;

    /** Three receivers at one port of three loopback addresses, as pods have them. */
    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String network = "127." + random.nextInt(1, 255) + "." + random.nextInt(1, 255) + ".";
        StandInReceiver first = StandInReceiver.start(network + 1, 0);
        RECEIVERS.add(first);
        RECEIVERS.add(StandInReceiver.start(network + 2, first.port()));
        RECEIVERS.add(StandInReceiver.start(network + 3, first.port()));
        gateway = TestGateway.in(folder)
                .hashrings(usual(), first.port())
                .edge("berlin", "team-a")
                .edge("bonn", "shop-eu-west")
                .edge("paris", "other")
                .edge("nemo", "nobody")
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        RECEIVERS.forEach(StandInReceiver::close);
    }

    @BeforeEach
    void reset() {
        RECEIVERS.forEach(StandInReceiver::reset);
        gateway.use(usual());
    }

    private static String usual() {
        return "[" + ring("exact", "exact", "\"team-a\", \"team-b\"", 0) + ", "
                + ring("glob", "glob", "\"shop-*-[a-z]est\"", 1) + ", " + rest(2) + "]";
    }

    /** Whoever has no ring of his own, but for the tenant that never has one. */
    private static String rest(int... members) {
        return ring("rest", "", "\"other\", \"shop-eu-west\"", members);
    }

    private static String ring(String name, String comparison, String tenants, int... members) {
        StringBuilder endpoints = new StringBuilder();
        for (int member : members) {
            endpoints.append(endpoints.isEmpty() ? "" : ", ");
            endpoints.append('"').append(RECEIVERS.get(member).host()).append(":10901\"");
        }
        return "{\"hashring\": \"%s\", \"tenants\": [%s], \"tenant_matcher_type\": \"%s\", \"endpoints\": [%s]}"
                .formatted(name, tenants, comparison, endpoints);
    }

    private static RawAnswer write(String edge) {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.write(edge, UP)).answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> tenantsAt(int receiver) {
        return RECEIVERS.get(receiver).received().stream()
                .map(write -> write.header("THANOS-TENANT"))
                .distinct()
                .toList();
    }

    private static String status() {
        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            return client.send(Request.of("GET", "/status")).answer().body().replaceAll("\\s+", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_tenant_writes_to_the_first_ring_that_takes_it() {
        for (String edge : List.of("berlin", "bonn", "paris")) {
            assertThat(write(edge).status()).isEqualTo(204);
        }

        assertThat(tenantsAt(0)).containsExactly("team-a");
        assertThat(tenantsAt(1)).containsExactly("shop-eu-west");
        assertThat(tenantsAt(2)).containsExactly("other");
    }

    @Test
    void every_receiver_of_the_ring_is_used_and_no_other() {
        gateway.use("[" + ring("two", "", "\"team-a\"", 0, 1) + ", " + rest(2) + "]");

        for (int i = 0; i < 40; i++) {
            assertThat(write("berlin").status()).isEqualTo(204);
        }

        assertThat(RECEIVERS.get(0).received()).isNotEmpty();
        assertThat(RECEIVERS.get(1).received()).isNotEmpty();
        assertThat(RECEIVERS.get(2).received()).isEmpty();
    }

    @Test
    void a_dead_ring_is_not_helped_by_another() {
        RECEIVERS.get(0).kill();

        assertThat(write("berlin").status()).isEqualTo(503);
        assertThat(write("paris").status()).isEqualTo(204);
        assertThat(RECEIVERS.get(1).received()).isEmpty();
    }

    @Test
    void a_tenant_without_a_ring_is_refused_before_its_body() throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            RawAnswer answer =
                    client.send(Request.write("nemo", new byte[100_000]).head()).answer();

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body())
                    .startsWith("no hashring takes tenant nobody of edge nemo: the gateway's operator has to name it in"
                            + " hashrings.json, or to add a ring without tenants (request ");
        }
        assertThat(write("berlin").status()).isEqualTo(204);
    }

    @Test
    void a_receiver_of_several_rings_is_one_and_the_status_page_shows_who_is_where() {
        gateway.use(
                "[" + ring("a", "", "\"team-a\"", 0, 1) + ", " + ring("b", "", "\"shop-eu-west\", \"other\"", 1) + "]");

        String zero = RECEIVERS.get(0).host() + ":" + RECEIVERS.get(0).port();
        String one = RECEIVERS.get(1).host() + ":" + RECEIVERS.get(1).port();
        assertThat(status())
                .contains("\"rings\":[{\"name\":\"a\",\"receivers\":[\"" + zero + "\",\"" + one
                        + "\"]},{\"name\":\"b\",\"receivers\":[\"" + one + "\"]}]")
                .contains("\"tenant\":\"team-a\",\"ring\":\"a\"")
                .contains("\"tenant\":\"shop-eu-west\",\"ring\":\"b\"")
                .contains("\"tenant\":\"nobody\",\"ring\":null");
        assertThat(gateway.metric("ringgate_receivers")).isEqualTo(2);
    }

    @Test
    void the_hash_of_the_file_in_force_is_shown_and_not_that_of_one_that_waits() throws IOException {
        gateway.use(all(0, 1, 2));
        long before = hash(all(0, 1, 2));
        assertThat(shownHash()).isEqualTo(before);

        gateway.edit("hashrings.json", whole -> all(2));
        reload("");
        assertThat(shownHash()).isEqualTo(before);

        // Receivers hash the text, so a blank counts.
        gateway.use(all(0, 1, 2) + " ");
        assertThat(shownHash()).isEqualTo(hash(all(0, 1, 2) + " ")).isNotEqualTo(before);
    }

    private static long hash(String file) {
        return FileHash.of(file.getBytes(StandardCharsets.UTF_8)).value();
    }

    private static long shownHash() {
        long shown = (long) gateway.metric("ringgate_rings_hash");
        assertThat(status()).contains("\"rings_hash\":" + shown + ",");
        return shown;
    }

    @Test
    void a_write_under_way_ends_where_it_began() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        RECEIVERS.get(0).reply(new Reply.After(gate, Reply.stored()));
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            client.send(Request.write("berlin", UP));
            String outstanding = "ringgate_receiver_outstanding_bytes{receiver=\""
                    + RECEIVERS.get(0).host() + ":" + RECEIVERS.get(0).port() + "\"}";
            Await.until("the write has its receiver", () -> gateway.metric(outstanding) > 0);

            gateway.use("[" + ring("exact", "", "\"team-a\"", 1) + ", " + rest(2) + "]");
            assertThat(write("berlin").status()).isEqualTo(204);
            gate.countDown();

            assertThat(client.answer().status()).isEqualTo(204);
            assertThat(RECEIVERS.get(0).received()).hasSize(1);
            assertThat(RECEIVERS.get(1).received()).hasSize(1);
        } finally {
            gate.countDown();
        }
    }

    private static RawAnswer reload(String query) throws IOException {
        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            return client.send(Request.of("POST", "/-/reload" + query)).answer();
        }
    }

    /** One ring for all who may write. */
    private static String all(int... members) {
        return "[" + ring("all", "", "\"team-a\", \"shop-eu-west\", \"other\"", members) + "]";
    }

    private static double pending() {
        return gateway.metric("ringgate_config_reload_pending{unit=\"rings\"}");
    }

    @Test
    void a_ring_that_would_lose_more_than_half_waits_for_the_operators_word() throws IOException {
        String three = all(0, 1, 2);
        String one = all(2);
        gateway.use(three);

        gateway.edit("hashrings.json", whole -> one);
        RawAnswer asked = reload("");

        assertThat(asked.status()).isEqualTo(409);
        assertThat(asked.body())
                .startsWith("rings: pending: ")
                .contains("ring all would lose 2 of 3 endpoints, more than half at once: if that is meant,"
                        + " POST /-/reload?force=rings to the admin listener");
        assertThat(pending()).isEqualTo(1);
        assertThat(gateway.metric("ringgate_config_last_reload_successful{unit=\"rings\"}"))
                .isEqualTo(1);
        assertThat(status()).contains("ringallwouldlose2of3endpoints");
        assertThat(gateway.metric("ringgate_receivers")).isEqualTo(3);

        RawAnswer forced = reload("?force=rings");

        assertThat(forced.status()).isEqualTo(200);
        assertThat(forced.body())
                .startsWith("rings: applied: ring all: 2 endpoints less (")
                .contains(" % of series move");
        assertThat(pending()).isZero();
        assertThat(gateway.metric("ringgate_receivers")).isEqualTo(1);
        assertThat(write("berlin").status()).isEqualTo(204);
        assertThat(tenantsAt(2)).containsExactly("team-a");
    }

    @Test
    void another_file_of_rings_that_loses_most_of_them_waits_too() throws IOException {
        Files.writeString(gateway.file("others.json"), all(2));
        gateway.edit("ringgate.yaml", yaml -> yaml.replace("hashrings.json", "others.json"));

        assertThat(reload("").body()).startsWith("gateway: pending: ").contains("others.json: ring exact would lose");

        gateway.edit("ringgate.yaml", yaml -> yaml.replace("others.json", "hashrings.json"));
        assertThat(reload("").body()).isEqualTo("gateway: applied\n");
    }

    @Test
    void half_of_a_ring_goes_at_once_and_growth_always_does() throws IOException {
        gateway.use(all(0, 1));

        gateway.edit("hashrings.json", whole -> all(2, 1));
        assertThat(reload("").body())
                .matches(
                        "rings: applied: ring all: 1 endpoint more \\(.*\\), 1 endpoint less \\(.*\\), [0-9.]+ % of series move\n");
        gateway.edit("hashrings.json", whole -> all(0, 1, 2));
        assertThat(reload("?dry_run=true").body()).startsWith("rings: would be applied: ring all: 1 endpoint more (");
        assertThat(gateway.metric("ringgate_receivers")).isEqualTo(2);
        // The gateway's own look at its files may have come first.
        assertThat(reload("").body()).matches("rings: applied: ring all: 1 endpoint more \\(.*\n|nothing changed\n");

        assertThat(gateway.metric("ringgate_receivers")).isEqualTo(3);
    }

    @Test
    void a_ring_that_can_never_work_is_refused_even_by_force_and_the_last_good_one_stays() throws IOException {
        gateway.edit("hashrings.json", whole -> "[]");

        assertThat(reload("?force=rings").status()).isEqualTo(500);
        assertThat(pending()).isZero();
        assertThat(gateway.metric("ringgate_config_last_reload_successful{unit=\"rings\"}"))
                .isZero();
        assertThat(write("berlin").status()).isEqualTo(204);
    }

    @Test
    void only_kinds_that_there_are_can_be_forced() throws IOException {
        assertThat(reload("?force=all").body())
                .isEqualTo("what can be forced is rings, identities, limits, one in each force=\n");
        assertThat(reload("?force=rings&force=edges").status()).isEqualTo(400);
    }

    @Test
    void rings_are_exchanged_under_load_and_no_write_is_lost_or_strays() throws Exception {
        List<String> arrangements = List.of(
                "[" + ring("a", "", "\"team-a\"", 0) + ", " + rest(2) + "]",
                "[" + ring("shop", "glob", "\"shop-*\", \"o*\"", 2) + ", " + ring("a", "", "\"team-a\"", 1) + "]");
        gateway.use(arrangements.getFirst());
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        List<String> wrong = new ArrayList<>();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String edge = List.of("berlin", "bonn", "paris").get(i % 3);
            writers.add(Thread.ofVirtual().start(() -> {
                try (RawClient client = RawClient.plain(gateway.plainPort())) {
                    while (!over.get()) {
                        sent.incrementAndGet();
                        RawAnswer answer = client.send(Request.write(edge, UP)).answer();
                        if (answer.status() != 204) {
                            synchronized (wrong) {
                                wrong.add(edge + ": " + answer);
                            }
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        for (int i = 1; i <= 60; i++) {
            int enough = i * 3;
            gateway.use(arrangements.get(i % 2));
            Await.until("writes go on", () -> sent.get() >= enough);
        }
        over.set(true);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(wrong).isEmpty();
        assertThat(RECEIVERS.stream()
                        .map(StandInReceiver::received)
                        .mapToInt(List::size)
                        .sum())
                .isEqualTo(sent.get());
        assertThat(tenantsAt(0)).containsOnly("team-a");
        assertThat(tenantsAt(1)).containsOnly("team-a");
        assertThat(RECEIVERS.get(2).received())
                .extracting((ReceivedWrite write) -> write.header("THANOS-TENANT"))
                .doesNotContain("team-a");
    }
}
