package io.ringgate.forward.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.TenantId;
import io.ringgate.forward.AttemptSignal;
import io.ringgate.forward.CountedMetrics;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverAddress;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReceiverLabelsTest {

    private static final ReceiverAddress NAME = new ReceiverAddress("receive.thanos.svc", 19291);
    private static final TenantId BLUE = new TenantId("team-blue");
    private static final TenantId RED = new TenantId("team-red");

    private final CountedMetrics metrics = new CountedMetrics();
    private volatile List<InetAddress> found = List.of();
    private final NameLookup lookup = host -> found;
    private static final String FAILURES = "ringgate_receiver_connection_failures_total ";
    private volatile long now;

    private Receivers byDns() {
        ReceiverRing ring = ReceiverRing.ofAll(List.of(NAME), true);
        return Receivers.inRings(List.of(ring), lookup, metrics, () -> now);
    }

    private static String pod(int number) {
        return "10.1." + number / 250 + "." + number % 250;
    }

    private void finds(String... addresses) {
        found = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    }

    private static List<String> labels(Receivers receivers) {
        return receivers.current().stream().map(Receiver::label).toList();
    }

    @Test
    void the_thousandth_address_of_a_name_has_its_own_label_and_those_before_leave_the_page() {
        try (Receivers receivers = byDns()) {
            for (int i = 0; i < 1_000; i++) {
                finds(pod(i));
                receivers.refresh();
                assertThat(labels(receivers)).containsExactly(pod(i) + ":19291");
                receivers.current().getFirst().meters().connectionFailed();
                assertThat(metrics.count(FAILURES + pod(i) + ":19291")).isEqualTo(1);
            }
            assertThat(metrics.lines(FAILURES)).hasSize(ReceiverLabels.MOST);
            assertThat(metrics.gauges()).isEqualTo(1 + 4);

            now = ReceiverLabels.STAY_NANOS;
            receivers.refresh();

            assertThat(metrics.lines("ringgate_receiver_"))
                    .filteredOn(line -> !line.startsWith("ringgate_receiver_lookup"))
                    .isNotEmpty()
                    .allMatch(line -> line.contains(" " + pod(999) + ":19291"));
        }
    }

    @Test
    void nothing_of_a_gone_address_is_left_on_the_page() {
        try (PrometheusMetrics page = new PrometheusMetrics(() -> now);
                Receivers receivers =
                        Receivers.inRings(List.of(ReceiverRing.ofAll(List.of(NAME), true)), lookup, page, () -> now)) {
            finds(pod(0));
            receivers.refresh();
            receivers.current().getFirst().meters().attempted(new Outcome.Stored(), 5);
            receivers.current().getFirst().meters().ejected(AttemptSignal.LATE);
            assertThat(page.page()).contains("ringgate_receiver_attempt_seconds_max{receiver=\"" + pod(0));

            finds(pod(1));
            receivers.refresh();
            now = ReceiverLabels.STAY_NANOS;
            receivers.refresh();

            assertThat(page.page()).contains(pod(1)).doesNotContain(pod(0));
        }
    }

    @Test
    void as_many_pods_as_there_are_labels_can_be_replaced_at_once() {
        try (Receivers receivers = byDns()) {
            for (int round = 0; round < 3; round++) {
                int first = round * ReceiverLabels.MOST;
                finds(IntStream.range(first, first + ReceiverLabels.MOST)
                        .mapToObj(ReceiverLabelsTest::pod)
                        .toArray(String[]::new));
                receivers.refresh();

                assertThat(labels(receivers))
                        .doesNotContain(ReceiverLabels.OTHER)
                        .doesNotHaveDuplicates();
                assertThat(metrics.lines(FAILURES)).hasSize(ReceiverLabels.MOST);
            }
        }
    }

    @Test
    void receivers_beyond_the_labels_share_one_until_they_go() {
        List<ReceiverAddress> many = IntStream.range(0, ReceiverLabels.MOST + 2)
                .mapToObj(i -> new ReceiverAddress(pod(i), 1))
                .toList();
        try (Receivers receivers = Receivers.of(many, lookup, metrics)) {
            assertThat(labels(receivers))
                    .filteredOn(ReceiverLabels.OTHER::equals)
                    .hasSize(2);
            assertThat(metrics.gauges()).isEqualTo(1 + 4 * ReceiverLabels.MOST);

            receivers.setRings(List.of(ReceiverRing.ofAll(List.of(new ReceiverAddress("10.9.9.9", 1)), false)));

            assertThat(labels(receivers)).containsExactly("10.9.9.9:1");
            assertThat(metrics.gauges()).isEqualTo(1 + 4);
        }
    }

    @Test
    void the_shared_label_gives_no_room_for_one_of_its_own_when_it_goes() {
        int most = ReceiverLabels.MOST;
        try (Receivers receivers = Receivers.of(pods(most + 2), lookup, metrics)) {
            receivers.setRings(List.of(ReceiverRing.ofAll(pods(most), false)));

            receivers.setRings(List.of(ReceiverRing.ofAll(pods(most + 1), false)));

            assertThat(labels(receivers)).containsOnlyOnce(ReceiverLabels.OTHER);
            assertThat(metrics.lines(FAILURES)).hasSize(most + 1);
        }
    }

    private static List<ReceiverAddress> pods(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ReceiverAddress(pod(i), 1))
                .toList();
    }

    @Test
    void what_a_receiver_counted_stays_for_a_while_and_goes_on_when_it_comes_back() {
        try (Receivers receivers = byDns()) {
            finds("10.0.0.1");
            receivers.refresh();
            receivers.current().getFirst().meters().connectionFailed();
            finds("10.0.0.2");
            receivers.refresh();
            now = ReceiverLabels.STAY_NANOS - 1;
            receivers.refresh();
            assertThat(metrics.count(FAILURES + "10.0.0.1:19291")).isEqualTo(1);

            finds("10.0.0.1");
            receivers.refresh();
            now = 3 * ReceiverLabels.STAY_NANOS;
            receivers.refresh();
            receivers.current().getFirst().meters().connectionFailed();

            assertThat(metrics.count(FAILURES + "10.0.0.1:19291")).isEqualTo(2);
            assertThat(metrics.lines(FAILURES)).hasSize(1);
        }
    }

    @Test
    void of_two_receivers_with_one_label_the_one_that_stays_is_shown() {
        finds("10.0.0.1");
        ReceiverAddress other = new ReceiverAddress("other.thanos.svc", 19291);
        ReceiverRing one = new ReceiverRing("one", BLUE::equals, List.of(NAME), true);
        ReceiverRing two = new ReceiverRing("two", RED::equals, List.of(other), true);
        try (Receivers receivers = Receivers.inRings(List.of(one), lookup, metrics)) {
            receivers.refresh();
            Receiver stays = receivers.members(BLUE).getFirst();
            stays.begin(5, Long.MAX_VALUE);
            receivers.setRings(List.of(one, two));
            assertThat(metrics.gauge("ringgate_receiver_outstanding_bytes 10.0.0.1:19291"))
                    .isZero();

            receivers.setRings(List.of(one));

            assertThat(metrics.gauge("ringgate_receiver_outstanding_bytes 10.0.0.1:19291"))
                    .isEqualTo(5);
        }
    }

    @Test
    void the_gauges_of_a_receiver_go_with_it_and_come_back_with_it() {
        String gauge = "ringgate_receiver_connections 10.0.0.1:19291";
        try (Receivers receivers = Receivers.byDns(NAME, lookup, metrics)) {
            finds("10.0.0.1", "10.0.0.2");
            receivers.refresh();
            assertThat(metrics.gauge(gauge)).isZero();

            finds("10.0.0.2");
            receivers.refresh();
            assertThat(metrics.gauge(gauge)).isNaN();
            assertThat(metrics.gauges()).isEqualTo(1 + 4);

            finds("10.0.0.1");
            receivers.refresh();
            assertThat(metrics.gauge(gauge)).isZero();
        }
    }

    @Test
    void a_receiver_that_gets_another_address_under_its_name_keeps_its_gauges() {
        try (Receivers receivers = Receivers.of(List.of(NAME), lookup, metrics)) {
            finds("10.0.0.1");
            receivers.refresh();
            finds("10.0.0.9");
            receivers.refresh();

            assertThat(metrics.gauge("ringgate_receiver_connections receive.thanos.svc:19291"))
                    .isZero();
        }
    }
}
