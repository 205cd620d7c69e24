package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.reject.Limit;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every limit of a policy file as its sender meets it, each by the row in {@link LimitRows}. */
class LimitsIT {

    private static final String TENANT = "team-a";
    private static final String DEFAULT = "_default";

    /** At a byte a second it takes half a minute to pay for it. */
    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLES_LIMIT")
    void is_refused_and_the_first_line_says_by_what(Limit limit) throws Exception {
        LimitRows.Row row = LimitRows.of(limit);
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(receiver, Map.of(TENANT, row.tight()))) {
            RawAnswer answer = row.play().run(new StatusRows.Stage(gateway, receiver, false), false);

            assertThat(answer.status()).isEqualTo(row.status());
            assertThat(answer.body().lines().findFirst().orElse("")).contains(limit.key());
            if (row.retryable()) {
                assertThat(answer.body()).contains(", retry in " + answer.header("Retry-After") + " s (request ");
            } else {
                assertThat(answer.has("Retry-After")).isFalse();
            }
            if (row.status() == 413) {
                assertThat(answer.body()).contains("max_samples_per_send: ");
            }
            assertThat(refused(gateway)).isEqualTo(1);
            assertThat(counted(gateway, row, "refused")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLES_LIMIT")
    void is_counted_and_not_refused_where_the_policy_observes(Limit limit) throws Exception {
        LimitRows.Row row = LimitRows.of(limit);
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(receiver, Map.of(TENANT, row.tight() + "\nobserve: true\n"))) {
            RawAnswer answer = row.play().run(new StatusRows.Stage(gateway, receiver, false), true);

            for (int i = 0; i < 20 && counted(gateway, row, "observed") == 0; i++) {
                row.play().run(new StatusRows.Stage(gateway, receiver, false), true);
            }

            assertThat(answer.status()).isEqualTo(204);
            assertThat(refused(gateway)).isZero();
            // Two when a slow machine had granted another request during the first play.
            assertThat(counted(gateway, row, "observed"))
                    .isBetween(1.0, limit == Limit.REQUESTS_PER_SECOND ? 2.0 : 1.0);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLES_LIMIT")
    void comes_from_the_default_file_and_a_tenant_may_lift_it(Limit limit) throws Exception {
        LimitRows.Row row = LimitRows.of(limit);
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(receiver, Map.of(DEFAULT, row.tight(), TENANT, "weight: 100"))) {
            assertThat(row.play()
                            .run(new StatusRows.Stage(gateway, receiver, false), false)
                            .status())
                    .isEqualTo(row.status());
        }
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(receiver, Map.of(DEFAULT, row.tight(), TENANT, row.lifted()))) {
            assertThat(row.play()
                            .run(new StatusRows.Stage(gateway, receiver, false), true)
                            .status())
                    .isEqualTo(204);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAMPLES_LIMIT")
    void may_be_said_for_each_edge_and_for_one(Limit limit) throws Exception {
        LimitRows.Row row = LimitRows.of(limit);
        for (String yaml : new String[] {
            "per_edge:\n  " + row.tight(), "edges:\n  berlin:\n    " + row.tight() + "\n  oslo:\n    " + row.lifted()
        }) {
            try (StandInReceiver receiver = StandInReceiver.start();
                    TestGateway gateway = start(receiver, Map.of(TENANT, yaml))) {
                RawAnswer answer = row.play().run(new StatusRows.Stage(gateway, receiver, false), false);

                assertThat(answer.status()).as(yaml).isEqualTo(row.status());
            }
        }
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(receiver, Map.of(TENANT, "edges:\n  oslo:\n    " + row.tight()))) {
            assertThat(row.play()
                            .run(new StatusRows.Stage(gateway, receiver, false), true)
                            .status())
                    .as("another edge's")
                    .isEqualTo(204);
        }
    }

    @Test
    void the_limits_file_of_thanos_means_the_same() throws Exception {
        Path file = Files.writeString(folder.resolve("receive-limits.yaml"), """
                write:
                  default:
                    request: {samples_limit: 1, series_limit: 1}
                  tenants:
                    team-b:
                      request: {samples_limit: 0}
                """);
        LimitRows.Row row = LimitRows.of(Limit.SAMPLES_LIMIT);
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = setup(receiver)
                        .settings("files: {thanos_limits: " + file + "}")
                        .start()) {
            RawAnswer answer = row.play().run(new StatusRows.Stage(gateway, receiver, false), false);

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("max_series_per_write allows 1");
        }
        Files.writeString(file, "write: {default: {request: {samples_limit: 1}}, global: {max_concurrency: 1}}");
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = setup(receiver)
                        .settings("files: {thanos_limits: " + file + "}")
                        .start()) {
            RawAnswer answer = row.play().run(new StatusRows.Stage(gateway, receiver, false), false);
            assertThat(answer.body()).contains("samples_limit allows 1");
            RawAnswer second = LimitRows.of(Limit.MAX_CONCURRENT_WRITES)
                    .play()
                    .run(new StatusRows.Stage(gateway, receiver, false), false);
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.body()).contains("max_concurrency");
        }
    }

    @Test
    void the_page_of_metrics_and_the_status_show_use_against_policy() throws Exception {
        String policy = """
                requests_per_second: {rate: 1, burst: 3, on_limit: drop}
                max_connections: 4
                max_label_value_length: 99
                per_edge:
                  samples_per_second: {rate: 1000, burst: 2000}
                """;
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(receiver, Map.of(TENANT, policy))) {
            LimitRows.of(Limit.REQUESTS_PER_SECOND).play().run(new StatusRows.Stage(gateway, receiver, false), true);

            Map<String, Double> ratios = ratios(gateway);
            assertThat(ratios.keySet())
                    .containsExactly("max_connections", "per_edge.samples_per_second", "requests_per_second");
            assertThat(ratios.get("requests_per_second")).isPositive();
            assertThat(ratios.get("per_edge.samples_per_second")).isBetween(0.0, 0.1);
            String status = status(gateway);
            assertThat(status)
                    .contains("\"tenants\"", "\"limit\" : \"max_label_value_length\"", "\"on_limit\" : \"drop\"");

            gateway.edit("limits/team-a.yaml", text -> "max_connections: 3\n");
            assertThat(gateway.reload())
                    .startsWith("limits/team-a.yaml: applied: ")
                    .contains("requests_per_second.on_limit drop -> not set", "max_connections 4 -> 3");
            assertThat(ratios(gateway).keySet()).containsExactly("max_connections");
        }
    }

    @Test
    void a_policy_that_changes_gives_nobody_back_what_was_taken() throws Exception {
        String one = "bytes_per_second: {rate: 1, burst: " + (UP.length + 1) + "}";
        try (StandInReceiver receiver = StandInReceiver.start();
                TestGateway gateway = start(receiver, Map.of(TENANT, one, "team-b", one))) {
            for (String edge : List.of("berlin", "paris")) {
                assertThat(writes(gateway, edge)).isEqualTo(204);
                assertThat(writes(gateway, edge)).as("into debt").isEqualTo(204);
            }

            gateway.edit("limits/team-a.yaml", text -> one + "\nweight: 200\n");
            assertThat(gateway.reload()).startsWith("limits/team-a.yaml: applied: ");
            assertThat(writes(gateway, "berlin")).isEqualTo(503);
            assertThat(writes(gateway, "paris")).isEqualTo(503);

            gateway.edit("limits/team-a.yaml", text -> "bytes_per_second: none\n");
            assertThat(gateway.reload()).startsWith("limits/team-a.yaml: applied: ");
            assertThat(writes(gateway, "berlin")).isEqualTo(204);
            assertThat(writes(gateway, "paris")).isEqualTo(503);
        }
    }

    private static int writes(TestGateway gateway, String edge) throws Exception {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.write(edge, UP)).answer().status();
        }
    }

    private TestGateway start(StandInReceiver receiver, Map<String, String> limits) throws Exception {
        TestGateway.Setup setup = setup(receiver);
        limits.forEach(setup::limits);
        return setup.start();
    }

    private TestGateway.Setup setup(StandInReceiver receiver) throws Exception {
        return TestGateway.in(Files.createTempDirectory(folder, "gateway"))
                .receiverPorts(receiver.port())
                .edge("berlin", TENANT)
                .edge("oslo", TENANT)
                .edge("paris", "team-b");
    }

    private static double counted(TestGateway gateway, LimitRows.Row row, String what) {
        return row.fault() == null
                ? gateway.metric("ringgate_" + what + "_writes_total{reason=\""
                        + row.reason().label() + "\",tenant=\"" + TENANT + "\"}")
                : gateway.metric("ringgate_" + what + "_series_total{fault=\""
                        + row.fault().label() + "\",tenant=\"" + TENANT + "\"}");
    }

    private static double refused(TestGateway gateway) {
        return gateway.gateway()
                .metricsPage()
                .lines()
                .filter(line -> line.startsWith("ringgate_refused_writes_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String status(TestGateway gateway) throws Exception {
        try (RawClient client = RawClient.plain(gateway.adminPort())) {
            return client.send(Request.of("GET", "/status")).answer().body();
        }
    }

    private static Map<String, Double> ratios(TestGateway gateway) {
        Map<String, Double> ratios = new TreeMap<>();
        String begin = "ringgate_limit_used_ratio{limit=\"";
        gateway.gateway()
                .metricsPage()
                .lines()
                .filter(line -> line.startsWith(begin))
                .forEach(line -> ratios.put(
                        line.substring(begin.length(), line.indexOf('"', begin.length())),
                        Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
        return ratios;
    }
}
