package io.ringgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.EdgeName;
import io.ringgate.forward.Outcome;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.Proto;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeLedgerTest {

    private static final EdgeName BERLIN = new EdgeName("berlin");
    private static final EdgeName TOKYO = new EdgeName("tokyo");
    private static final Rejection FULL = new Rejection.Plain(Reason.MEMORY_BUDGET, "no memory now");
    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    private long now = 1_700_000_000_500L;
    private final PrometheusMetrics metrics = new PrometheusMetrics(() -> 0);
    private final EdgeLedger ledger = new EdgeLedger(metrics, () -> now);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void an_edge_that_never_wrote_is_on_the_page_with_zero() {
        ledger.use(List.of(BERLIN, TOKYO));

        assertThat(page())
                .containsExactly(
                        "ringgate_edge_last_accepted_timestamp_seconds{edge=\"berlin\"} 0.0",
                        "ringgate_edge_last_accepted_timestamp_seconds{edge=\"tokyo\"} 0.0");
        assertThat(ledger.of(BERLIN)).isEqualTo(new EdgeLedger.Entry(null, null, EdgeLedger.Waits.NONE));
    }

    @Test
    void an_accepted_write_is_told_in_unix_seconds() {
        ledger.use(List.of(BERLIN));

        ledger.accepted(BERLIN);

        assertThat(page())
                .containsExactly("ringgate_edge_last_accepted_timestamp_seconds{edge=\"berlin\"} 1.7000000005E9");
        assertThat(ledger.of(BERLIN).lastAccepted()).isEqualTo(Instant.ofEpochMilli(now));
    }

    @Test
    void what_is_known_survives_a_new_configuration() {
        ledger.use(List.of(BERLIN));
        ledger.accepted(BERLIN);
        ledger.refused(BERLIN, FULL, "r-1");
        EdgeLedger.Entry before = ledger.of(BERLIN);

        ledger.use(List.of(TOKYO, BERLIN));

        assertThat(ledger.of(BERLIN)).isEqualTo(before);
        assertThat(page())
                .containsExactly(
                        "ringgate_edge_last_accepted_timestamp_seconds{edge=\"berlin\"} 1.7000000005E9",
                        "ringgate_edge_last_accepted_timestamp_seconds{edge=\"tokyo\"} 0.0");
    }

    @Test
    void an_edge_that_leaves_the_configuration_leaves_the_page() {
        ledger.use(List.of(BERLIN, TOKYO));
        ledger.accepted(BERLIN);

        ledger.use(List.of(TOKYO));

        assertThat(page()).containsExactly("ringgate_edge_last_accepted_timestamp_seconds{edge=\"tokyo\"} 0.0");
        assertThat(ledger.of(BERLIN)).isEqualTo(new EdgeLedger.Entry(null, null, EdgeLedger.Waits.NONE));
    }

    @Test
    void the_last_edge_may_leave_too_and_come_back_with_nothing_known() {
        ledger.use(List.of(BERLIN));
        ledger.accepted(BERLIN);
        ledger.use(List.of());
        List<String> without = page();

        ledger.use(List.of(BERLIN));

        assertThat(without).isEmpty();
        assertThat(page()).containsExactly("ringgate_edge_last_accepted_timestamp_seconds{edge=\"berlin\"} 0.0");
    }

    @Test
    void an_edge_that_is_not_configured_leaves_no_trace() {
        ledger.use(List.of(TOKYO));

        ledger.accepted(BERLIN);
        ledger.refused(BERLIN, FULL, "r-1");

        assertThat(ledger.of(BERLIN)).isEqualTo(new EdgeLedger.Entry(null, null, EdgeLedger.Waits.NONE));
    }

    @Test
    void the_last_refusal_says_when_why_and_to_which_request() {
        ledger.use(List.of(BERLIN));
        ledger.refused(BERLIN, new Rejection.MethodNotWrite("berlin"), "r-1");
        now += 1_000;

        ledger.refused(BERLIN, FULL, "r-2");

        assertThat(ledger.of(BERLIN).lastRefusal())
                .isEqualTo(new EdgeLedger.Refusal(Instant.ofEpochMilli(now), "memory_budget", "no memory now", "r-2"));
    }

    @Test
    void a_write_counts_as_accepted_when_a_receiver_has_stored_it() {
        Rig rig = new Rig(64 << 20);
        rig.write(UP);
        EdgeLedger.Entry before = rig.ledger.of(Rig.EDGE.name());

        rig.answered(new Outcome.Stored());

        assertThat(before.lastAccepted()).isNull();
        assertThat(rig.ledger.of(Rig.EDGE.name()).lastAccepted()).isNotNull();
    }

    @Test
    void an_empty_write_gets_nothing_through() {
        Rig rig = new Rig(64 << 20);

        rig.write(Proto.write().packed());

        assertThat(rig.answer()).isInstanceOf(Answer.Stored.class);
        assertThat(rig.ledger.of(Rig.EDGE.name()).lastAccepted()).isNull();
    }

    @Test
    void a_write_that_a_receiver_failed_is_a_refusal_of_its_edge() {
        Rig rig = new Rig(64 << 20);
        rig.write(UP);

        rig.answered(new Outcome.Failed("500"));

        EdgeLedger.Refusal refusal = rig.ledger.of(Rig.EDGE.name()).lastRefusal();
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo("receiver_failed");
        assertThat(refusal.requestId()).isEqualTo("r-1");
        assertThat(rig.ledger.of(Rig.EDGE.name()).lastAccepted()).isNull();
    }

    @Test
    void edges_are_counted_whose_last_refusal_is_a_receivers_in_unknown_words() {
        Rejection unknown = new Rejection.Plain(Reason.RECEIVER_UNRECOGNISED, "no healthy upstream");
        ledger.use(List.of(BERLIN, TOKYO));
        ledger.refused(BERLIN, unknown, "r-1");
        ledger.refused(TOKYO, unknown, "r-2");
        ledger.refused(new EdgeName("not-configured"), unknown, "r-3");
        assertThat(metrics.page()).contains("ringgate_receiver_unrecognised_edges 2.0");

        ledger.refused(TOKYO, FULL, "r-4");
        assertThat(metrics.page()).contains("ringgate_receiver_unrecognised_edges 1.0");

        now += 300_000;
        assertThat(metrics.page()).contains("ringgate_receiver_unrecognised_edges 0.0");
    }

    private List<String> page() {
        return metrics.page()
                .lines()
                .filter(line -> line.startsWith("ringgate_edge_"))
                .sorted()
                .toList();
    }
}
