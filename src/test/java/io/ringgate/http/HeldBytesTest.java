package io.ringgate.http;

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

/** What connections hold, by way of the connections that hold it. 1,600 bytes are direct: 400 of strangers, 200 of a source. */
class HeldBytesTest {

    private final Connections connections = new Connections(
            Metrics.none(),
            () -> new ConnectionLimits(OptionalInt.of(1_000), 1_000, 1_000, Duration.ZERO),
            new Connections.Capacity(1_000, 1_600, 1),
            () -> 0);
    private final List<Visit> visits = new ArrayList<>();
    private final List<Visit> evicted = new ArrayList<>();

    @AfterEach
    void nothing_is_held_in_the_end() {
        visits.forEach(visit -> visit.leave(0));
        assertThat(connections.unfinishedBytes()).isZero();
    }

    private Visit visit(String address) {
        Visit visit = Objects.requireNonNull(
                connections.enter(new InetSocketAddress(InetAddress.ofLiteral(address), 1), TrustedProxies.NONE, 0));
        visit.onEviction(why -> {
            assertThat(why).isEqualTo(Eviction.MEMORY);
            evicted.add(visit);
        });
        visits.add(visit);
        return visit;
    }

    private Visit holding(String address, int bytes) {
        Visit visit = visit(address);
        visit.holdsByHead(bytes);
        return visit;
    }

    @Test
    void a_source_over_its_bound_loses_the_connection_that_holds_most() {
        Visit small = holding("10.0.0.1", 50);
        Visit large = holding("10.0.0.1", 120);
        Visit other = holding("10.0.0.2", 190);

        Visit last = holding("10.0.0.1", 60);

        assertThat(evicted).containsExactly(large);
        large.leave(0);
        assertThat(connections.unfinishedBytes()).isEqualTo(300);
        assertThat(List.of(small, other, last)).allMatch(visit -> visit.held() > 0);
    }

    @Test
    void over_the_sum_the_largest_source_gives_whoever_asks() {
        Visit most = holding("10.0.0.1", 150);
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

        visits.get(1).holdsByTls(10);

        assertThat(evicted).hasSize(1);
    }

    @Test
    void what_tls_and_the_head_hold_is_one_sum() {
        Visit visit = visit("10.0.0.1");
        visit.holdsByTls(100);
        visit.holdsByHead(90);
        assertThat(connections.unfinishedBytes()).isEqualTo(190);
        assertThat(evicted).isEmpty();

        visit.holdsByTls(150);

        assertThat(evicted).containsExactly(visit);
    }

    @Test
    void an_edge_holds_from_another_half_and_strangers_do_not_reach_it() {
        Visit edge = visit("10.0.0.1");
        edge.proves(new EdgeName("berlin"), 9, 0);
        edge.holdsByTls(700);
        holding("10.0.0.1", 190);
        assertThat(evicted).isEmpty();

        Visit other = visit("10.0.0.2");
        other.proves(new EdgeName("seoul"), 9, 0);
        other.holdsByTls(150);

        assertThat(evicted).containsExactly(edge);
    }

    @Test
    void what_it_holds_goes_with_a_connection_that_authenticates() {
        Visit visit = holding("10.0.0.1", 180);
        visit.proves(new EdgeName("berlin"), 9, 0);

        holding("10.0.0.1", 180);

        assertThat(evicted).isEmpty();
        assertThat(connections.edgesBytes().bytes()).isEqualTo(180);
    }

    @Test
    void whatever_happens_the_sum_stays_within_its_bound_but_for_what_is_leaving() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<Visit> open = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            if (open.size() < 30 && random.nextInt(3) == 0) {
                open.add(visit("10.0.0." + random.nextInt(1, 6)));
            } else if (!open.isEmpty()) {
                Visit one = open.get(random.nextInt(open.size()));
                if (random.nextInt(8) == 0) {
                    one.leave(0);
                    open.remove(one);
                } else {
                    one.holdsByHead(random.nextInt(120));
                }
            }
            evicted.forEach(visit -> visit.leave(0));
            open.removeAll(evicted);
            evicted.clear();
            assertThat(connections.unfinishedBytes())
                    .as("seed %s, step %s", seed, i)
                    .isBetween(0L, 400L);
            assertThat(open.stream().mapToLong(Visit::held).sum())
                    .as("seed %s, step %s", seed, i)
                    .isEqualTo(connections.unfinishedBytes());
        }
    }
}
