package io.ringgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.ConnectionLimits;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.Network;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.ringgate.pipeline.Client;
import io.ringgate.testing.MetricsPage;
import io.ringgate.tls.HandshakeFault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private static final EdgeName BERLIN = new EdgeName("berlin");
    private static final EdgeName SEOUL = new EdgeName("seoul");

    private final PrometheusMetrics metrics = new PrometheusMetrics(() -> 0);
    private ConnectionLimits limits = new ConnectionLimits(4, 2, 2, Duration.ZERO);
    private final Connections connections = new Connections(metrics, () -> limits);
    private TrustedProxies proxies = TrustedProxies.NONE;
    private final List<Visit> visits = new ArrayList<>();

    @AfterEach
    void every_count_returns_to_zero() {
        visits.forEach(Visit::leave);
        visits.forEach(Visit::leave);
        assertThat(connections.open()).isZero();
        assertThat(metric("ringgate_connections_unproven")).isZero();
        assertThat(metric("ringgate_connections_proven")).isZero();
        metrics.close();
    }

    private double metric(String name, String... labels) {
        return new MetricsPage(metrics.page()).sum(name, labels);
    }

    private @Nullable Visit enter(String address) {
        Visit visit = connections.enter(new InetSocketAddress(InetAddress.ofLiteral(address), 1), proxies, 0);
        if (visit != null) {
            visits.add(visit);
        }
        return visit;
    }

    private Visit entered(String address) {
        return Objects.requireNonNull(enter(address));
    }

    @Test
    void a_source_has_its_share_and_others_still_come_in() {
        entered("10.0.0.1");
        entered("10.0.0.1");

        assertThat(enter("10.0.0.1")).isNull();
        assertThat(enter("10.0.0.2")).isNotNull();
        assertThat(metric("ringgate_connections_refused_total", "reason=\"max_per_source\""))
                .isEqualTo(1);
    }

    @Test
    void a_64_is_one_source() {
        entered("2001:db8::1");
        entered("2001:db8::2");

        assertThat(enter("2001:db8::3")).isNull();
    }

    @Test
    void all_together_are_capped() {
        for (int i = 1; i <= 4; i++) {
            entered("10.0.0." + i);
        }

        assertThat(enter("10.0.0.9")).isNull();
        assertThat(metric("ringgate_connections_refused_total", "reason=\"max\""))
                .isEqualTo(1);
        assertThat(connections.open()).isEqualTo(4);
    }

    @Test
    void who_leaves_makes_room() {
        entered("10.0.0.1");
        entered("10.0.0.1").leave();

        assertThat(enter("10.0.0.1")).isNotNull();
    }

    @Test
    void a_connection_that_proved_its_edge_counts_no_more_for_its_source() {
        entered("10.0.0.1").proves(BERLIN, 2);
        entered("10.0.0.1").proves(SEOUL, 2);

        assertThat(enter("10.0.0.1")).isNotNull();
    }

    @Test
    void an_edge_may_have_so_many() {
        entered("10.0.0.1").proves(BERLIN, 2);
        entered("10.0.0.2").proves(BERLIN, 2);

        assertThat(entered("10.0.0.3").proves(BERLIN, 2)).isEqualTo(Client.NO_PLACE);
    }

    @Test
    void a_connection_counts_once_for_each_of_its_edges() {
        Visit one = entered("10.0.0.1");
        for (int i = 0; i < 5; i++) {
            assertThat(one.proves(BERLIN, 2)).isNotEqualTo(Client.NO_PLACE);
            assertThat(one.proves(SEOUL, 2)).isNotEqualTo(Client.NO_PLACE);
        }

        assertThat(metric("ringgate_connections_proven")).isEqualTo(2);
        assertThat(metric("ringgate_connections_unproven")).isZero();
    }

    @Test
    void new_limits_hold_for_new_connections_and_drop_no_old_one() {
        entered("10.0.0.1");
        entered("10.0.0.1");
        limits = new ConnectionLimits(4, 1, 2, Duration.ZERO);

        assertThat(enter("10.0.0.1")).isNull();
        visits.getFirst().leave();
        assertThat(enter("10.0.0.1")).isNull();
        assertThat(connections.open()).isEqualTo(1);
    }

    private static TrustedProxies trusting(boolean protocol, String network) {
        return new TrustedProxies(List.of(Objects.requireNonNull(Network.parse(network))), protocol, !protocol);
    }

    private static InetSocketAddress client(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 7);
    }

    @Test
    void a_proxy_is_no_source_and_its_clients_are() {
        limits = new ConnectionLimits(9, 2, 2, Duration.ZERO);
        proxies = trusting(true, "10.9.0.0/16");
        Visit first = entered("10.9.0.1");
        Visit second = entered("10.9.0.1");
        Visit third = entered("10.9.0.1");
        Visit fourth = entered("10.9.0.1");
        assertThat(metric("ringgate_connections_unproven")).isEqualTo(4);

        assertThat(first.comesFrom(client("192.0.2.1"), 0)).isTrue();
        assertThat(second.comesFrom(client("192.0.2.1"), 0)).isTrue();
        assertThat(third.comesFrom(client("192.0.2.1"), 0)).isFalse();
        assertThat(fourth.comesFrom(client("192.0.2.2"), 0)).isTrue();
        assertThat(metric("ringgate_connections_refused_total", "reason=\"max_per_source\""))
                .isEqualTo(1);
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
