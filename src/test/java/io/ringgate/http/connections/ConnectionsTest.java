package io.ringgate.http.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.ConnectionLimits;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.Network;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.ringgate.pipeline.WriteClient.Connection;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.tls.HandshakeFault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private static final EdgeName BERLIN = new EdgeName("berlin");
    private static final EdgeName SEOUL = new EdgeName("seoul");

    private static final long SECOND = 1_000_000_000L;

    private final PrometheusMetrics metrics = new PrometheusMetrics(() -> 0);
    private long now;
    private ConnectionLimits limits = limits(4, 2);
    private final Connections connections =
            new Connections(metrics, () -> limits, new Connections.Capacity(3, 32 << 20, 1), () -> now);
    private TrustedProxies proxies = TrustedProxies.NONE;
    private final List<ConnectionSlot> slots = new ArrayList<>();
    private final List<ConnectionSlot> evicted = new ArrayList<>();

    private static ConnectionLimits limits(int max, int maxPerSource) {
        return new ConnectionLimits(OptionalInt.of(max), maxPerSource, 2, Duration.ZERO);
    }

    @AfterEach
    void every_count_returns_to_zero() {
        slots.forEach(slot -> slot.leave(now));
        slots.forEach(slot -> slot.leave(now));
        assertThat(connections.open()).isZero();
        assertThat(connections.unfinishedBytes()).isZero();
        assertThat(metric("ringgate_connections_unproven")).isZero();
        assertThat(metric("ringgate_connections_proven")).isZero();
        metrics.close();
    }

    private double metric(String name, String... labels) {
        return new ScrapedPage(metrics.page()).sum(name, labels);
    }

    private double evictions(EvictionReason why) {
        return metric("ringgate_connections_evicted_total", "reason=\"" + why.label() + "\"");
    }

    private @Nullable ConnectionSlot enter(String address) {
        ConnectionSlot slot = connections.enter(new InetSocketAddress(InetAddress.ofLiteral(address), 1), proxies, now);
        if (slot != null) {
            slot.onEviction(why -> evicted.add(slot));
            slots.add(slot);
        }
        return slot;
    }

    private ConnectionSlot entered(String address) {
        return Objects.requireNonNull(enter(address));
    }

    private ConnectionSlot authenticated(String address, EdgeName edge) {
        ConnectionSlot slot = entered(address);
        assertThat(slot.authenticated(edge, 100, now)).isInstanceOf(Connection.Counted.class);
        return slot;
    }

    @Test
    void a_source_that_has_its_share_gives_up_its_oldest_and_others_are_not_touched() {
        ConnectionSlot first = entered("10.0.0.1");
        entered("10.0.0.2");
        entered("10.0.0.1");

        assertThat(enter("10.0.0.1")).isNotNull();

        assertThat(evicted).containsExactly(first);
        assertThat(evictions(EvictionReason.MAX_PER_SOURCE)).isEqualTo(1);
        assertThat(connections.open()).isEqualTo(3);
    }

    @Test
    void a_64_is_one_source() {
        ConnectionSlot first = entered("2001:db8::1");
        entered("2001:db8::2");
        entered("2001:db8::3");

        assertThat(evicted).containsExactly(first);
    }

    @Test
    void unknown_sources_have_three_quarters_of_the_places_and_the_oldest_goes_first() {
        ConnectionSlot first = entered("10.0.0.1");
        ConnectionSlot second = entered("10.0.0.2");
        entered("10.0.0.3");
        entered("10.0.0.4");
        entered("10.0.0.5");

        assertThat(evicted).containsExactly(first, second);
        assertThat(evictions(EvictionReason.MAX)).isEqualTo(2);
        assertThat(connections.open()).isEqualTo(3);
    }

    @Test
    void a_source_from_which_an_edge_authenticated_has_places_that_unknown_sources_have_not() {
        authenticated("10.0.0.9", BERLIN).leave(now);
        for (int i = 1; i <= 3; i++) {
            entered("10.0.0." + i);
        }

        entered("10.0.0.9");

        assertThat(evicted).isEmpty();
        assertThat(connections.open()).isEqualTo(4);
    }

    @Test
    void when_it_is_full_an_unknown_source_goes_before_one_of_a_known_source_whatever_their_age() {
        authenticated("10.0.0.9", BERLIN).leave(now);
        ConnectionSlot known = entered("10.0.0.9");
        ConnectionSlot unknown = entered("10.0.0.1");
        entered("10.0.0.2");
        entered("10.0.0.3");
        entered("10.0.0.9");
        assertThat(evicted).containsExactly(unknown);

        authenticated("10.0.0.7", SEOUL);
        authenticated("10.0.0.8", SEOUL);
        entered("10.0.0.9");

        assertThat(evicted).contains(known);
    }

    @Test
    void who_has_authenticated_is_never_sent_away_and_who_comes_when_all_have_is_refused() {
        for (int i = 1; i <= 4; i++) {
            authenticated("10.0.0." + i, BERLIN);
        }

        assertThat(enter("10.0.0.9")).isNull();
        assertThat(enter("10.0.0.1")).isNull();

        assertThat(evicted).isEmpty();
        assertThat(metric("ringgate_connections_refused_total", "reason=\"max\""))
                .isEqualTo(2);
        assertThat(connections.open()).isEqualTo(4);
    }

    @Test
    void a_source_is_forgotten_an_hour_after_its_last_edge_went() {
        ConnectionSlot edge = authenticated("10.0.0.9", BERLIN);
        now += 3_000 * SECOND;
        edge.leave(now);
        now += 3_599 * SECOND;
        for (int i = 1; i <= 3; i++) {
            entered("10.0.0." + i);
        }
        entered("10.0.0.9").leave(now);
        assertThat(evicted).isEmpty();

        now += 2 * SECOND;
        entered("10.0.0.9");

        assertThat(evicted).hasSize(1);
    }

    @Test
    void others_of_its_source_are_no_unknown_sources_once_an_edge_authenticates_there() {
        limits = limits(4, 4);
        ConnectionSlot neighbour = entered("10.0.0.9");
        authenticated("10.0.0.9", BERLIN);
        entered("10.0.0.1");
        entered("10.0.0.2");
        ConnectionSlot last = entered("10.0.0.3");

        assertThat(evicted).doesNotContain(neighbour).hasSize(1);
        assertThat(connections.open()).isEqualTo(4);
        last.leave(now);
    }

    @Test
    void whose_credential_we_are_checking_goes_last() {
        ConnectionSlot waiting = entered("10.0.0.1");
        waiting.verificationStarted(now);
        ConnectionSlot second = entered("10.0.0.2");
        entered("10.0.0.3");
        entered("10.0.0.4");
        assertThat(evicted).containsExactly(second);

        waiting.verificationEnded(now);
        entered("10.0.0.5");
        assertThat(evicted).doesNotContain(waiting).hasSize(2);
    }

    @Test
    void who_has_begun_a_handshake_goes_after_those_who_said_nothing() {
        limits = limits(100, 25);
        ConnectionSlot slow = entered("10.0.0.1");
        assertThat(slow.admitsHandshake(now)).isTrue();
        for (int i = 0; i < 60; i++) {
            entered("10.0.0.1");
        }

        assertThat(evicted).hasSize(36).doesNotContain(slow);
    }

    @Test
    void known_sources_that_hold_all_without_authenticating_keep_no_new_source_out() {
        for (int source = 1; source <= 4; source++) {
            authenticated("10.0.0." + source, BERLIN).leave(now);
        }
        for (int source = 1; source <= 4; source++) {
            entered("10.0.0." + source);
        }
        assertThat(evicted).isEmpty();

        entered("10.9.9.9");

        assertThat(evicted).hasSize(1);
    }

    @Test
    void the_time_that_our_checks_take_is_no_time_without_an_edge() {
        ConnectionSlot slot = entered("10.0.0.1");
        now = 2 * SECOND;
        slot.verificationStarted(now);
        now = 52 * SECOND;
        assertThat(slot.unauthenticatedNanos(now)).isEqualTo(2 * SECOND);
        slot.verificationEnded(now);
        now = 55 * SECOND;

        assertThat(slot.unauthenticatedNanos(now)).isEqualTo(5 * SECOND);
        slot.authenticated(BERLIN, 2, now);
        assertThat(slot.unauthenticatedNanos(now)).isZero();
    }

    @Test
    void who_is_sent_away_before_anybody_could_close_it_is_closed_then() {
        ConnectionSlot first = Objects.requireNonNull(
                connections.enter(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 1), proxies, now));
        entered("10.0.0.1");
        entered("10.0.0.1");

        first.onEviction(why -> evicted.add(first));

        assertThat(evicted).containsExactly(first);
        first.leave(now);
    }

    @Test
    void who_is_sent_away_and_authenticates_before_it_is_closed_counts_as_an_edges_until_then() {
        ConnectionSlot first = entered("10.0.0.1");
        entered("10.0.0.1");
        entered("10.0.0.1");
        assertThat(evicted).containsExactly(first);

        assertThat(first.authenticated(BERLIN, 2, now)).isEqualTo(new Connection.Counted(1));

        assertThat(connections.open()).isEqualTo(2);
        assertThat(connections.of(BERLIN)).isEqualTo(1);
    }

    @Test
    void who_leaves_makes_room() {
        entered("10.0.0.1");
        entered("10.0.0.1").leave(now);
        entered("10.0.0.1");

        assertThat(evicted).isEmpty();
    }

    @Test
    void without_a_number_of_the_operators_the_memory_decides() {
        limits = new ConnectionLimits(OptionalInt.empty(), 9, 2, Duration.ZERO);
        for (int i = 1; i <= 4; i++) {
            entered("10.0.0." + i);
        }

        assertThat(connections.open()).isEqualTo(3);
        assertThat(metric("ringgate_connections_max")).isEqualTo(3);
    }

    @Test
    void a_connection_on_which_an_edge_authenticated_counts_no_more_for_its_source() {
        authenticated("10.0.0.1", BERLIN);
        authenticated("10.0.0.1", SEOUL);
        entered("10.0.0.1");
        entered("10.0.0.1");

        assertThat(evicted).isEmpty();
    }

    @Test
    void an_edge_may_have_so_many() {
        entered("10.0.0.1").authenticated(BERLIN, 2, now);
        entered("10.0.0.2").authenticated(BERLIN, 2, now);

        assertThat(entered("10.0.0.3").authenticated(BERLIN, 2, now)).isEqualTo(Connection.LIMIT_REACHED);
    }

    @Test
    void a_connection_counts_once_for_each_of_its_edges() {
        ConnectionSlot one = entered("10.0.0.1");
        for (int i = 0; i < 5; i++) {
            assertThat(one.authenticated(BERLIN, 2, now)).isNotEqualTo(Connection.LIMIT_REACHED);
            assertThat(one.authenticated(SEOUL, 2, now)).isNotEqualTo(Connection.LIMIT_REACHED);
        }

        assertThat(metric("ringgate_connections_proven")).isEqualTo(2);
        assertThat(metric("ringgate_connections_unproven")).isZero();
    }

    @Test
    void lower_limits_hold_from_the_next_connection_on() {
        entered("10.0.0.1");
        entered("10.0.0.1");
        limits = limits(4, 1);
        assertThat(connections.open()).isEqualTo(2);

        entered("10.0.0.1");

        assertThat(connections.open()).isEqualTo(1);
        assertThat(evicted).hasSize(2);
    }

    private static TrustedProxies trusting(boolean protocol, String network) {
        return new TrustedProxies(List.of(Objects.requireNonNull(Network.parse(network))), protocol, !protocol);
    }

    private static InetSocketAddress client(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 7);
    }

    @Test
    void a_proxy_is_no_source_and_its_clients_are() {
        limits = limits(9, 2);
        proxies = trusting(true, "10.9.0.0/16");
        ConnectionSlot first = entered("10.9.0.1");
        ConnectionSlot second = entered("10.9.0.1");
        ConnectionSlot third = entered("10.9.0.1");
        ConnectionSlot fourth = entered("10.9.0.1");
        assertThat(metric("ringgate_connections_unproven")).isEqualTo(4);

        first.setOrigin(client("192.0.2.1"), now);
        second.setOrigin(client("192.0.2.1"), now);
        fourth.setOrigin(client("192.0.2.2"), now);
        assertThat(evicted).isEmpty();
        third.setOrigin(client("192.0.2.1"), now);

        assertThat(evicted).containsExactly(first);
        assertThat(evictions(EvictionReason.MAX_PER_SOURCE)).isEqualTo(1);
    }

    @Test
    void who_is_not_trusted_does_not_come_in_where_proxies_speak() {
        proxies = trusting(true, "10.9.0.0/16");

        assertThat(enter("10.8.0.1")).isNull();
        assertThat(metric("ringgate_connections_refused_total", "reason=\"untrusted_proxy\""))
                .isEqualTo(1);
    }

    @Test
    void a_proxy_that_forwards_requests_is_no_source_and_others_come_in_as_ever() {
        proxies = trusting(false, "10.9.0.1");
        for (int i = 0; i < 3; i++) {
            entered("10.9.0.1");
        }

        assertThat(enter("10.8.0.1")).isNotNull();
    }

    @Test
    void every_reason_why_a_handshake_fails_is_on_the_page_from_the_beginning() {
        entered("10.0.0.1").handshakeFailed(HandshakeFault.CLOSED, 0, null);

        String page = metrics.page();
        for (HandshakeFault fault : HandshakeFault.values()) {
            double expected = fault == HandshakeFault.CLOSED ? 1 : 0;
            assertThat(page)
                    .contains("ringgate_tls_handshake_failures_total{reason=\"" + fault.label() + "\"} " + expected);
        }
    }
}
