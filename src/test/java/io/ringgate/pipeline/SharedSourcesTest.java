package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Address;
import io.ringgate.edge.EdgeName;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.ringgate.testing.LogEvents;
import io.ringgate.testing.ScrapedPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedSourcesTest {

    private static final EdgeName BERLIN = new EdgeName("berlin");
    private static final EdgeName SEOUL = new EdgeName("seoul");
    private static final Address HERE = new Address(false, 0, 0x0a000001);
    private static final Address THERE = new Address(false, 0, 0x0a000002);
    private static final long MINUTE = 60_000_000_000L;

    @RegisterExtension
    private final LogEvents log = LogEvents.of(SharedSources.class);

    private final PrometheusMetrics metrics = new PrometheusMetrics(() -> 0);
    private long now = -1;
    private final SharedSources sources = new SharedSources(metrics, () -> now);

    @BeforeEach
    void look() {
        sources.enable(true);
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    private double gauge() {
        return new ScrapedPage(metrics.page()).sum("ringgate_source_shared_by_edges");
    }

    @Test
    void two_edges_of_one_address_are_told() {
        sources.saw(HERE, SEOUL);
        sources.saw(HERE, BERLIN);
        sources.saw(HERE, BERLIN);

        assertThat(sources.shared()).hasToString("[Shared[address=10.0.0.1, edges=[berlin, seoul]]]");
        assertThat(sources.shared().getFirst().warning())
                .startsWith("address 10.0.0.1 presents the credentials of edges berlin, seoul: where a load balancer");
        assertThat(gauge()).isEqualTo(1);
        assertThat(log.lines())
                .containsExactly("several edges authenticate from one address, allowed_sources cannot tell them apart"
                        + " source=10.0.0.1 edges=berlin, seoul sources=1");
    }

    @Test
    void two_edges_of_two_addresses_are_not() {
        sources.saw(HERE, SEOUL);
        sources.saw(THERE, BERLIN);

        assertThat(sources.shared()).isEmpty();
        assertThat(gauge()).isZero();
    }

    @Test
    void an_edge_that_moves_to_the_address_of_another_is_forgotten_after_an_hour() {
        sources.saw(HERE, SEOUL);
        for (int minute = 1; minute <= 60; minute++) {
            now += MINUTE;
            sources.saw(HERE, BERLIN);
            assertThat(sources.shared()).hasSize(minute < 60 ? 1 : 0);
        }
    }

    @Test
    void without_source_rules_nobody_looks() {
        sources.saw(HERE, SEOUL);
        sources.saw(HERE, BERLIN);
        sources.enable(false);
        sources.saw(HERE, BERLIN);

        assertThat(sources.size()).isZero();
    }

    @Test
    void addresses_and_edges_are_bounded_and_old_addresses_make_room() {
        for (int i = 0; i < SharedSources.MOST_ADDRESSES + 100; i++) {
            sources.saw(new Address(false, 0, i), BERLIN);
        }
        assertThat(sources.size()).isEqualTo(SharedSources.MOST_ADDRESSES);
        for (int i = 0; i < 100; i++) {
            sources.saw(new Address(false, 0, 1), new EdgeName("edge-" + i));
        }
        assertThat(sources.shared().getFirst().edges()).hasSize(SharedSources.MOST_EDGES);
        now += 61 * MINUTE;
        sources.saw(HERE, BERLIN);

        assertThat(sources.size()).isEqualTo(1);
    }
}
