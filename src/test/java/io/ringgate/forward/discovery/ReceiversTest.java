package io.ringgate.forward.discovery;

import static io.ringgate.forward.attempts.FakeReceiver.answer;
import static io.ringgate.forward.attempts.FakeReceiver.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.TenantId;
import io.ringgate.forward.CountedMetrics;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.forward.attempts.FakeReceiver;
import io.ringgate.forward.attempts.ForwardRig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReceiversTest {

    private static final ReceiverAddress NAME = new ReceiverAddress("receive.thanos.svc", 19291);

    private final CountedMetrics metrics = new CountedMetrics();
    private volatile List<InetAddress> found = List.of();
    private final NameLookup lookup = host -> {
        if (found.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return found;
    };

    private void finds(String... addresses) {
        found = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    }

    private static List<String> labels(Receivers receivers) {
        return receivers.current().stream().map(Receiver::label).toList();
    }

    @Test
    void addresses_need_no_lookup() {
        List<ReceiverAddress> list = List.of(new ReceiverAddress("10.0.0.1", 1), new ReceiverAddress("::1", 2));
        try (Receivers receivers = Receivers.of(list, lookup, metrics)) {
            assertThat(labels(receivers)).containsExactly("10.0.0.1:1", "[::1]:2");
        }
    }

    @Test
    void every_address_behind_a_dns_name_is_a_receiver() {
        finds("10.0.0.2", "10.0.0.1");
        try (Receivers receivers = Receivers.byDns(NAME, lookup, metrics)) {
            assertThat(receivers.current()).isEmpty();

            receivers.refresh();

            assertThat(labels(receivers)).containsExactly("10.0.0.1:19291", "10.0.0.2:19291");
            assertThat(metrics.gauge("ringgate_receivers")).isEqualTo(2.0);
        }
    }

    @Test
    void an_entry_of_a_list_is_one_receiver_and_stays_where_it_is() {
        finds("10.0.0.1", "10.0.0.2");
        try (Receivers receivers = Receivers.of(List.of(NAME), lookup, metrics)) {
            receivers.refresh();
            List<Receiver> before = receivers.current();
            finds("10.0.0.2", "10.0.0.1");
            receivers.refresh();

            assertThat(labels(receivers)).containsExactly("receive.thanos.svc:19291");
            assertThat(receivers.current()).isSameAs(before);
        }
    }

    @Test
    void an_entry_of_a_list_follows_its_name() {
        finds("10.0.0.1");
        try (Receivers receivers = Receivers.of(List.of(NAME), lookup, metrics)) {
            receivers.refresh();
            finds("10.0.0.9");
            receivers.refresh();

            assertThat(receivers.current().getFirst().address().getAddress())
                    .isEqualTo(InetAddress.ofLiteral("10.0.0.9"));
        }
    }

    @Test
    void who_stays_keeps_its_counts_and_who_leaves_is_retired() {
        finds("10.0.0.1", "10.0.0.2");
        try (Receivers receivers = Receivers.byDns(NAME, lookup, metrics)) {
            receivers.refresh();
            Receiver leaves = receivers.current().get(0);
            Receiver stays = receivers.current().get(1);
            stays.begin(5, Long.MAX_VALUE);
            finds("10.0.0.2", "10.0.0.3");
            receivers.refresh();

            assertThat(receivers.current()).hasSize(2).contains(stays).doesNotContain(leaves);
            assertThat(stays.outstandingBytes()).isEqualTo(5);
            assertThat(leaves.isRetired()).isTrue();
            assertThat(stays.isRetired()).isFalse();
        }
    }

    @Test
    void a_failed_lookup_keeps_what_is_known() {
        finds("10.0.0.1");
        try (Receivers receivers = Receivers.byDns(NAME, lookup, metrics)) {
            receivers.refresh();
            List<Receiver> before = receivers.current();
            finds();
            receivers.refresh();

            assertThat(receivers.current()).isSameAs(before);
            assertThat(metrics.count("ringgate_receiver_lookup_failures_total")).isEqualTo(1);
        }
    }

    @Test
    void an_empty_answer_keeps_what_is_known() {
        finds("10.0.0.1");
        try (Receivers receivers = Receivers.byDns(NAME, host -> found, metrics)) {
            receivers.refresh();
            finds();
            receivers.refresh();

            assertThat(labels(receivers)).containsExactly("10.0.0.1:19291");
            assertThat(metrics.count("ringgate_receiver_lookup_failures_total")).isEqualTo(1);
        }
    }

    @Test
    void a_dns_answer_without_measure_is_cut() {
        found = IntStream.range(0, 1_000)
                .mapToObj(i -> InetAddress.ofLiteral("10.0." + i / 250 + "." + i % 250))
                .toList();
        try (Receivers receivers = Receivers.byDns(NAME, lookup, metrics)) {
            receivers.refresh();

            assertThat(receivers.current()).hasSize(Receivers.MOST);
        }
    }

    @Test
    void a_name_that_is_slow_to_find_does_not_delay_the_others() throws Exception {
        CountDownLatch found = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        ReceiverAddress slow = new ReceiverAddress("slow.thanos.svc", 1);
        NameLookup slowly = host -> {
            if (host.startsWith("slow")) {
                asked.incrementAndGet();
                try {
                    found.await();
                } catch (InterruptedException e) {
                    throw new UnknownHostException(host);
                }
            }
            return List.of(InetAddress.ofLiteral("10.0.0.1"));
        };
        try (Receivers receivers = Receivers.of(List.of(slow, NAME), slowly, metrics)) {
            receivers.start(Duration.ofMillis(1));

            ForwardRig.until("the other is found", () -> labels(receivers).contains("receive.thanos.svc:19291"));
            found.countDown();
            ForwardRig.until("the slow one is found", () -> receivers.current().size() == 2);
            assertThat(asked.get()).isPositive();
        }
    }

    @Test
    void names_are_looked_up_in_the_background_again_and_again() throws Exception {
        CountDownLatch rounds = new CountDownLatch(3);
        NameLookup counting = host -> {
            rounds.countDown();
            throw new UnknownHostException(host);
        };
        try (Receivers receivers = Receivers.byDns(NAME, counting, metrics)) {
            receivers.start(Duration.ofMillis(1));

            assertThat(rounds.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static final TenantId BLUE = new TenantId("team-blue");
    private static final TenantId RED = new TenantId("team-red");
    private static final ReceiverAddress ONE = new ReceiverAddress("10.0.0.1", 1);
    private static final ReceiverAddress TWO = new ReceiverAddress("10.0.0.2", 1);

    private static ReceiverRing ring(String name, TenantId tenant, ReceiverAddress... members) {
        return new ReceiverRing(name, tenant::equals, List.of(members), false);
    }

    @Test
    void a_tenant_has_the_members_of_the_first_ring_that_takes_it() {
        List<ReceiverRing> rings = List.of(ring("blue", BLUE, ONE), ring("again", BLUE, TWO));
        try (Receivers receivers = Receivers.inRings(rings, lookup, metrics)) {
            assertThat(receivers.ringOf(BLUE)).isEqualTo("blue");
            assertThat(receivers.members(BLUE)).extracting(Receiver::label).containsExactly("10.0.0.1:1");
            assertThat(receivers.ringOf(RED)).isNull();
            assertThat(receivers.members(RED)).isEmpty();
            assertThat(labels(receivers)).containsExactly("10.0.0.1:1", "10.0.0.2:1");
        }
    }

    @Test
    void rings_that_name_the_same_receiver_share_it() {
        List<ReceiverRing> rings = List.of(ring("blue", BLUE, ONE, TWO), ring("red", RED, TWO));
        try (Receivers receivers = Receivers.inRings(rings, lookup, metrics)) {
            assertThat(receivers.members(RED).getFirst())
                    .isSameAs(receivers.members(BLUE).get(1));
            assertThat(receivers.current()).hasSize(2);
        }
    }

    @Test
    void a_receiver_that_moves_to_another_ring_keeps_its_object_and_one_in_no_ring_is_retired() {
        try (Receivers receivers =
                Receivers.inRings(List.of(ring("blue", BLUE, ONE), ring("red", RED, TWO)), lookup, metrics)) {
            Receiver one = receivers.members(BLUE).getFirst();
            Receiver two = receivers.members(RED).getFirst();

            receivers.setRings(List.of(ring("red", RED, ONE)));

            assertThat(receivers.members(RED)).containsExactly(one);
            assertThat(receivers.ringOf(BLUE)).isNull();
            assertThat(one.isRetired()).isFalse();
            assertThat(two.isRetired()).isTrue();
        }
    }

    @Test
    void other_tenants_of_the_same_receivers_are_a_change_too() {
        try (Receivers receivers = Receivers.inRings(List.of(ring("r", BLUE, ONE)), lookup, metrics)) {
            receivers.setRings(List.of(ring("r", RED, ONE)));

            assertThat(receivers.ringOf(BLUE)).isNull();
            assertThat(receivers.ringOf(RED)).isEqualTo("r");
        }
    }

    @Test
    void new_names_are_looked_up_before_their_rings_are_used() {
        finds("10.0.0.9");
        try (Receivers receivers = Receivers.inRings(List.of(ring("r", BLUE, ONE)), lookup, metrics)) {
            receivers.setRings(List.of(ring("r", BLUE, NAME, ONE)));

            assertThat(receivers.members(BLUE))
                    .extracting(Receiver::label)
                    .containsExactly("receive.thanos.svc:19291", "10.0.0.1:1");
        }
    }

    @Test
    void a_ring_of_a_name_that_is_not_found_is_there_without_members() {
        try (Receivers receivers = Receivers.inRings(List.of(ring("r", BLUE, ONE)), lookup, metrics)) {
            receivers.setRings(List.of(ring("r", BLUE, NAME)));

            assertThat(receivers.ringOf(BLUE)).isEqualTo("r");
            assertThat(receivers.members(BLUE)).isEmpty();
        }
    }

    @Test
    void what_is_remembered_of_tenants_is_bounded() {
        AtomicInteger asked = new AtomicInteger();
        TenantRings choice = new TenantRings(List.of(new ReceiverRing(
                "r",
                tenant -> {
                    asked.incrementAndGet();
                    return true;
                },
                List.of(ONE),
                false)));

        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < TenantRings.MOST + 5; i++) {
                assertThat(choice.of(new TenantId("team-" + i))).isZero();
            }
        }

        assertThat(asked).hasValue(TenantRings.MOST + 10);
    }

    @Test
    void writes_are_unavailable_until_the_first_lookup_works_and_leave_with_the_address() throws Exception {
        try (FakeReceiver receiver = new FakeReceiver(answering(answer(204, "")))) {
            ReceiverAddress name = new ReceiverAddress("receive.thanos.svc", receiver.port());
            try (ForwardRig rig =
                    new ForwardRig(ForwardRig.LONG, null, counted -> Receivers.byDns(name, lookup, counted))) {
                assertThat(rig.send()).isInstanceOf(Outcome.Unavailable.class);

                finds("127.0.0.1");
                rig.receivers.refresh();
                assertThat(rig.send()).isEqualTo(new Outcome.Stored());
                assertThat(receiver.requests().getFirst().head()).contains("Host: receive.thanos.svc:");

                Receiver leaves = rig.receiver(0);
                finds("127.0.0.2");
                rig.receivers.refresh();
                rig.send();
                ForwardRig.until("its connection closed", () -> leaves.openConnections() == 0);
            }
        }
    }
}
