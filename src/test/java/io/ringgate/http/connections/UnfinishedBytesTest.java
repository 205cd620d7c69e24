package io.ringgate.http.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.ConnectionLimits;
import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.Metrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What connections hold, by way of the connections that hold it. 1,600 bytes are direct: 400 of unauthenticated ones, 200 of a source. */
class UnfinishedBytesTest {

    private final Connections connections = new Connections(
            Metrics.none(),
            () -> new ConnectionLimits(OptionalInt.of(1_000), 1_000, 1_000, Duration.ZERO),
            new Connections.Capacity(1_000, 1_600, 1),
            () -> 0);
    private final List<ConnectionSlot> slots = new ArrayList<>();
    private final List<ConnectionSlot> evicted = new ArrayList<>();

    @AfterEach
    void nothing_is_held_in_the_end() {
        slots.forEach(slot -> slot.leave(0));
        assertThat(connections.unfinishedBytes()).isZero();
    }

    private ConnectionSlot slot(String address) {
        ConnectionSlot slot = Objects.requireNonNull(
                connections.enter(new InetSocketAddress(InetAddress.ofLiteral(address), 1), TrustedProxies.NONE, 0));
        slot.onEviction(why -> {
            assertThat(why).isEqualTo(EvictionReason.MEMORY);
            evicted.add(slot);
        });
        slots.add(slot);
        return slot;
    }

    private ConnectionSlot holding(String address, int bytes) {
        ConnectionSlot slot = slot(address);
        slot.setHeadBytes(bytes);
        return slot;
    }

    @Test
    void a_source_over_its_bound_loses_the_connection_that_holds_most() {
        ConnectionSlot small = holding("10.0.0.1", 50);
        ConnectionSlot large = holding("10.0.0.1", 120);
        ConnectionSlot other = holding("10.0.0.2", 190);

        ConnectionSlot last = holding("10.0.0.1", 60);

        assertThat(evicted).containsExactly(large);
        large.leave(0);
        assertThat(connections.unfinishedBytes()).isEqualTo(300);
        assertThat(List.of(small, other, last)).allMatch(slot -> slot.held() > 0);
    }

    @Test
    void over_the_sum_the_largest_source_gives_the_asking_one() {
        ConnectionSlot most = holding("10.0.0.1", 150);
        holding("10.0.0.1", 40);
        holding("10.0.0.2", 120);
        holding("10.0.0.3", 80);

        holding("10.0.0.4", 20);

        assertThat(evicted).containsExactly(most);
    }

    /** Else each further change would have all of them sorted again. */
    @Test
    void over_the_sum_so_many_go_that_an_eighth_is_free() {
        for (int source = 1; source <= 40; source++) {
            holding("10.0.0." + source, 10);
        }
        assertThat(evicted).isEmpty();

        holding("10.0.1.1", 10);

        assertThat(evicted).hasSize(6);
    }

    @Test
    void one_that_is_sent_away_and_not_closed_yet_sends_no_second_one_away() {
        holding("10.0.0.1", 150);
        holding("10.0.0.1", 60);
        holding("10.0.0.1", 20);
        assertThat(evicted).hasSize(1);

        slots.get(1).setTlsBytes(10);

        assertThat(evicted).hasSize(1);
    }

    @Test
    void what_tls_and_the_head_hold_is_one_sum() {
        ConnectionSlot slot = slot("10.0.0.1");
        slot.setTlsBytes(100);
        slot.setHeadBytes(90);
        assertThat(connections.unfinishedBytes()).isEqualTo(190);
        assertThat(evicted).isEmpty();

        slot.setTlsBytes(150);

        assertThat(evicted).containsExactly(slot);
    }

    @Test
    void an_edge_holds_from_another_half_and_unknown_sources_do_not_reach_it() {
        ConnectionSlot edge = slot("10.0.0.1");
        edge.authenticated(new EdgeName("berlin"), 9, 0);
        edge.setTlsBytes(700);
        holding("10.0.0.1", 190);
        assertThat(evicted).isEmpty();

        ConnectionSlot other = slot("10.0.0.2");
        other.authenticated(new EdgeName("seoul"), 9, 0);
        other.setTlsBytes(150);

        assertThat(evicted).containsExactly(edge);
    }

    @Test
    void what_it_holds_goes_with_a_connection_that_authenticates() {
        ConnectionSlot slot = holding("10.0.0.1", 180);
        slot.authenticated(new EdgeName("berlin"), 9, 0);

        holding("10.0.0.1", 180);

        assertThat(evicted).isEmpty();
        assertThat(connections.authenticatedBytes().bytes()).isEqualTo(180);
    }

    @Test
    void whatever_happens_the_sum_stays_within_its_bound_but_for_what_is_leaving() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<ConnectionSlot> open = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            if (open.size() < 30 && random.nextInt(3) == 0) {
                open.add(slot("10.0.0." + random.nextInt(1, 6)));
            } else if (!open.isEmpty()) {
                ConnectionSlot one = open.get(random.nextInt(open.size()));
                if (random.nextInt(8) == 0) {
                    one.leave(0);
                    open.remove(one);
                } else {
                    one.setHeadBytes(random.nextInt(120));
                }
            }
            evicted.forEach(slot -> slot.leave(0));
            open.removeAll(evicted);
            evicted.clear();
            assertThat(connections.unfinishedBytes())
                    .as("seed %s, step %s", seed, i)
                    .isBetween(0L, 400L);
            assertThat(open.stream().mapToLong(ConnectionSlot::held).sum())
                    .as("seed %s, step %s", seed, i)
                    .isEqualTo(connections.unfinishedBytes());
        }
    }
}
