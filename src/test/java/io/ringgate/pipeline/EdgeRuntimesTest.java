package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.forward.Outcome;
import io.ringgate.limits.EdgeShare;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.Proto;
import io.ringgate.testing.TestEdges;
import io.ringgate.wire.TimeGaps;
import io.ringgate.wire.WriteCounts;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeRuntimesTest {

    private static final EdgeName BERLIN = new EdgeName("berlin");
    private static final EdgeName TOKYO = new EdgeName("tokyo");
    private static final Rejection FULL = new Rejection.Plain(Reason.MEMORY_BUDGET, "no memory now");
    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    private static final WriteCounts ONE_SAMPLE =
            new WriteCounts(1, 0, 1, 0, 0, 0, 0, 20, Map.of(), Map.of(), Map.of(), TimeGaps.NONE, null);

    private long now = 1_700_000_000_500L;
    private final PrometheusMetrics metrics = new PrometheusMetrics(() -> 0);
    private final EdgeRuntimes edges = new EdgeRuntimes(metrics, () -> now);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void an_edge_that_never_wrote_is_on_the_page_with_zero() {
        edges.configure(List.of(BERLIN, TOKYO));

        assertThat(page())
                .containsExactly(
                        "ringgate_edge_last_accepted_timestamp_seconds{edge=\"berlin\"} 0.0",
                        "ringgate_edge_last_accepted_timestamp_seconds{edge=\"tokyo\"} 0.0");
        assertThat(edges.of(BERLIN).status()).isEqualTo(EdgeStatus.NONE);
    }

    @Test
    void an_edge_keeps_its_runtime_whatever_configurations_come() {
        EdgeRuntime first = edges.of(BERLIN);

        edges.configure(List.of(BERLIN));
        edges.configure(List.of(TOKYO));
        edges.configure(List.of(BERLIN));

        assertThat(edges.of(BERLIN)).isSameAs(first);
        assertThat(edges.of(TOKYO)).isNotSameAs(first);
    }

    @Test
    void writes_of_the_old_and_the_new_record_of_an_edge_are_counted_together() {
        Rig rig = new Rig(64 << 20);
        EdgeShare share = rig.edges.of(Rig.EDGE.name()).share();
        Write old = rig.begin(Rig.head(UP.length));
        Rig.feed(old, UP);
        rig.verdict = Future.succeededFuture(
                TestEdges.known(new Edge(Rig.EDGE.name(), Rig.EDGE.tenant(), List.of(), List.of(), true)));

        Write fresh = rig.begin(Rig.head(UP.length));
        Rig.feed(fresh, UP);

        assertThat(rig.concurrency.current(share)).isEqualTo(2);
        old.gone();
        assertThat(rig.concurrency.current(share)).isEqualTo(1);
        fresh.gone();
        rig.nothingIsHeld();
    }

    @Test
    void an_accepted_write_is_told_in_unix_seconds() {
        edges.configure(List.of(BERLIN));

        edges.of(BERLIN).accepted(ONE_SAMPLE, 7);

        assertThat(page())
                .containsExactly("ringgate_edge_last_accepted_timestamp_seconds{edge=\"berlin\"} 1.7000000005E9");
        assertThat(edges.of(BERLIN).status().lastAccepted()).isEqualTo(Instant.ofEpochMilli(now));
    }

    @Test
    void what_is_known_survives_a_new_configuration() {
        edges.configure(List.of(BERLIN));
        edges.of(BERLIN).accepted(ONE_SAMPLE, 7);
        edges.of(BERLIN).refused(FULL, "r-1");
        EdgeStatus before = edges.of(BERLIN).status();

        edges.configure(List.of(TOKYO, BERLIN));

        assertThat(edges.of(BERLIN).status()).isEqualTo(before);
        assertThat(page())
                .containsExactly(
                        "ringgate_edge_last_accepted_timestamp_seconds{edge=\"berlin\"} 1.7000000005E9",
                        "ringgate_edge_last_accepted_timestamp_seconds{edge=\"tokyo\"} 0.0");
    }

    @Test
    void an_edge_that_leaves_the_configuration_leaves_the_page() {
        edges.configure(List.of(BERLIN, TOKYO));
        edges.of(BERLIN).accepted(ONE_SAMPLE, 7);

        edges.configure(List.of(TOKYO));

        assertThat(page()).containsExactly("ringgate_edge_last_accepted_timestamp_seconds{edge=\"tokyo\"} 0.0");
        assertThat(edges.of(BERLIN).status()).isEqualTo(EdgeStatus.NONE);
    }

    @Test
    void the_last_edge_may_leave_too_and_come_back_with_nothing_known() {
        edges.configure(List.of(BERLIN));
        edges.of(BERLIN).accepted(ONE_SAMPLE, 7);
        edges.configure(List.of());
        List<String> without = page();

        edges.configure(List.of(BERLIN));

        assertThat(without).isEmpty();
        assertThat(page()).containsExactly("ringgate_edge_last_accepted_timestamp_seconds{edge=\"berlin\"} 0.0");
    }

    @Test
    void an_edge_that_is_not_configured_leaves_no_trace() {
        edges.configure(List.of(TOKYO));

        edges.of(BERLIN).accepted(ONE_SAMPLE, 7);
        edges.of(BERLIN).refused(FULL, "r-1");

        assertThat(edges.of(BERLIN).status()).isEqualTo(EdgeStatus.NONE);
    }

    @Test
    void the_last_refusal_says_when_why_and_to_which_request() {
        edges.configure(List.of(BERLIN));
        edges.of(BERLIN).refused(new Rejection.MethodNotWrite("berlin"), "r-1");
        now += 1_000;

        edges.of(BERLIN).refused(FULL, "r-2");

        assertThat(edges.of(BERLIN).status().lastRefusal())
                .isEqualTo(new EdgeStatus.Refusal(Instant.ofEpochMilli(now), "memory_budget", "no memory now", "r-2"));
    }

    @Test
    void a_write_counts_as_accepted_when_a_receiver_has_stored_it() {
        Rig rig = new Rig(64 << 20);
        rig.write(UP);
        EdgeStatus before = rig.edges.of(Rig.EDGE.name()).status();

        rig.answered(new Outcome.Stored());

        assertThat(before.lastAccepted()).isNull();
        assertThat(rig.edges.of(Rig.EDGE.name()).status().lastAccepted()).isNotNull();
    }

    @Test
    void an_empty_write_gets_nothing_through() {
        Rig rig = new Rig(64 << 20);

        rig.write(Proto.write().packed());

        assertThat(rig.answer()).isInstanceOf(Answer.Stored.class);
        assertThat(rig.edges.of(Rig.EDGE.name()).status().lastAccepted()).isNull();
    }

    @Test
    void a_write_that_a_receiver_failed_is_a_refusal_of_its_edge() {
        Rig rig = new Rig(64 << 20);
        rig.write(UP);

        rig.answered(new Outcome.Failed("500"));

        EdgeStatus.Refusal refusal = rig.edges.of(Rig.EDGE.name()).status().lastRefusal();
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo("receiver_failed");
        assertThat(refusal.requestId()).isEqualTo("r-1");
        assertThat(rig.edges.of(Rig.EDGE.name()).status().lastAccepted()).isNull();
    }

    @Test
    void edges_are_counted_whose_last_refusal_is_a_receivers_in_unknown_words() {
        Rejection unknown = new Rejection.Plain(Reason.RECEIVER_UNRECOGNISED, "no healthy upstream");
        edges.configure(List.of(BERLIN, TOKYO));
        edges.of(BERLIN).refused(unknown, "r-1");
        edges.of(TOKYO).refused(unknown, "r-2");
        edges.of(new EdgeName("not-configured")).refused(unknown, "r-3");
        assertThat(metrics.page()).contains("ringgate_receiver_unrecognised_edges 2.0");

        edges.of(TOKYO).refused(FULL, "r-4");
        assertThat(metrics.page()).contains("ringgate_receiver_unrecognised_edges 1.0");

        now += 300_000;
        assertThat(metrics.page()).contains("ringgate_receiver_unrecognised_edges 0.0");
    }

    private List<String> page() {
        return metrics.page()
                .lines()
                .filter(line -> line.startsWith("ringgate_edge_last_accepted"))
                .sorted()
                .toList();
    }
}
