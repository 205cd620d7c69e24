package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where all edges share one tenant, figures tell them apart. */
class EdgeMetricsIT {

    private static final byte[] TWO_SERIES = Proto.write(Proto.gauge("__name__", "up"), Proto.gauge("__name__", "down"))
            .packed();
    private static final byte[] ONE_OF_TWO_BAD = Proto.write(
                    Proto.gauge("__name__", "up"), Proto.gauge("job", "a", "job", "b"))
            .packed();
    private static final byte[] NONSENSE = {3, 8, 'a', 'b', 'c'};

    @Test
    void edges_of_one_tenant_are_counted_apart_and_only_for_what_happened(@TempDir Path folder) throws Exception {
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = TestGateway.in(folder)
                        .receiverPorts(receiver.port())
                        .edge("berlin", "default-tenant")
                        .edge("oslo", "default-tenant")
                        .start()) {
            assertThat(ask(gateway, "berlin", TWO_SERIES)).isEqualTo(204);
            assertThat(ask(gateway, "berlin", TWO_SERIES)).isEqualTo(204);
            assertThat(ask(gateway, "oslo", ONE_OF_TWO_BAD)).isEqualTo(400);
            assertThat(ask(gateway, "oslo", NONSENSE)).isEqualTo(400);

            String text = gateway.gateway().metricsPage();
            ScrapedPage page = new ScrapedPage(text);
            assertThat(page.sum("ringgate_edge_accepted_samples_total", "edge=\"berlin\""))
                    .isEqualTo(4);
            assertThat(page.sum("ringgate_edge_accepted_series_total", "edge=\"oslo\""))
                    .isEqualTo(1);
            assertThat(page.sum("ringgate_edge_accepted_bytes_total", "edge=\"berlin\""))
                    .isEqualTo(2.0 * TWO_SERIES.length);
            assertThat(text.lines().filter(line -> line.startsWith("ringgate_edge_refused_")))
                    .containsExactlyInAnyOrder(
                            "ringgate_edge_refused_series_total{edge=\"oslo\",fault=\"duplicate_label_name\"} 1.0",
                            "ringgate_edge_refused_writes_total{edge=\"oslo\",reason=\"malformed\"} 1.0",
                            "ringgate_edge_refused_writes_total{edge=\"oslo\",reason=\"series_refused\"} 1.0");
            assertThat(page.sum("ringgate_accepted_samples_total", "tenant=\"default-tenant\""))
                    .isEqualTo(5);
        }
    }

    private static int ask(TestGateway gateway, String edge, byte[] body) throws Exception {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.write(edge, body)).answer().status();
        }
    }
}
