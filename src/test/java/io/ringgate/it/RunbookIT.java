package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.AgentConfig;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.PrometheusProcess;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Holds the runbook of docs/operations/runbook.md to what really happens: a real agent meets each fault, and its log, the gateway's
 * metrics and the output of the command have the words that stand in the runbook's row.
 */
@Tag("prometheus")
class RunbookIT {

    private static final Path RUNBOOK = Path.of("docs/operations/runbook.md");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    /** One row: the cells as they stand in the document. */
    private record Entry(String id, List<String> cells) {

        static Entry of(String id) throws IOException {
            return Files.readAllLines(RUNBOOK).stream()
                    .filter(line -> line.startsWith("| " + id + " |"))
                    .map(line -> new Entry(id, List.of(line.split(" \\| ", -1))))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the runbook has no row " + id));
        }

        List<String> senderLogs() {
            return quoted(1);
        }

        List<String> gatewayCounts() {
            return quoted(2).stream()
                    .filter(text -> text.startsWith("ringgate_"))
                    .toList();
        }

        String command() {
            return quoted(3).getFirst();
        }

        String prints() {
            return quoted(3).getLast();
        }

        private List<String> quoted(int cell) {
            return QUOTED.matcher(cells.get(cell))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        }
    }

    private void isSeen(Entry entry, PrometheusProcess agent, TestGateway gateway, Map<String, String> variables)
            throws Exception {
        for (String words : entry.senderLogs()) {
            Eventually.becomes(
                    "the agent logs \"" + words + "\"", () -> agent.logged().contains(words));
        }
        for (String metric : entry.gatewayCounts()) {
            Eventually.becomes("the gateway counts " + metric, () -> shows(gateway, metric));
        }
        Eventually.becomes(
                entry.command() + " prints " + entry.prints(),
                () -> output(entry.command(), variables).contains(entry.prints()));
    }

    /** A line with this name and these labels among its own, as the row gives them; a row that ends in 0 means that. */
    private static boolean shows(TestGateway gateway, String metric) {
        String name = metric.substring(0, metric.indexOf('{'));
        String labels = metric.substring(metric.indexOf('{') + 1, metric.indexOf('}'));
        boolean zero = metric.endsWith("} 0");
        return gateway.gateway()
                .metricsPage()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(labels))
                .anyMatch(line -> (Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) == 0) == zero);
    }

    /** What an operator sees who types it, with the variables set. */
    private static String output(String command, Map<String, String> variables) {
        try {
            ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
            shell.environment().putAll(variables);
            Process run = shell.start();
            return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> variables(TestGateway gateway, String password, Path ca) {
        return Map.of(
                "GATEWAY",
                "127.0.0.1:" + gateway.tlsPort(),
                "ADMIN",
                "127.0.0.1:" + gateway.adminPort(),
                "EDGE",
                "alpha",
                "PASSWORD",
                password,
                "CA",
                ca.toString());
    }

    private AgentConfig agent(String url, String password, Path ca) throws IOException {
        return new AgentConfig().remote(url, "alpha", rig.passwordFile(password), ca);
    }

    private TestGateway gateway(StandInReceiver receiver) throws Exception {
        return rig.start(
                TestGateway.in(rig.folder()).receiverPorts(receiver.port()).edge("alpha", "acme"));
    }

    @Test
    void t01_nobody_listens() throws Exception {
        TestGateway gateway = gateway(rig.with(StandInReceiver.start()));
        String nowhere = "127.0.0.1:" + FreePort.next();
        PrometheusProcess agent =
                rig.agent("agent", agent("https://" + nowhere + "/api/v1/receive", TestGateway.PASSWORD, gateway.ca()));

        isSeen(Entry.of("T01"), agent, gateway, Map.of("GATEWAY", nowhere));
    }

    @Test
    void t02_the_tenant_has_no_ring() throws Exception {
        StandInReceiver receiver = rig.with(StandInReceiver.start());
        TestGateway gateway = rig.start(TestGateway.in(rig.folder())
                .hashrings(
                        "[{\"hashring\": \"a\", \"tenants\": [\"other\"], \"endpoints\": [\"127.0.0.1:10901\"]}]",
                        receiver.port())
                .edge("alpha", "acme"));
        PrometheusProcess agent =
                rig.agent("agent", agent(gateway.url("/api/v1/receive"), TestGateway.PASSWORD, gateway.ca()));

        isSeen(Entry.of("T02"), agent, gateway, variables(gateway, TestGateway.PASSWORD, gateway.ca()));
    }

    @Test
    void t03_no_receiver_takes_a_connection() throws Exception {
        TestGateway gateway = rig.start(
                TestGateway.in(rig.folder()).receiverPorts(FreePort.next()).edge("alpha", "acme"));
        PrometheusProcess agent =
                rig.agent("agent", agent(gateway.url("/api/v1/receive"), TestGateway.PASSWORD, gateway.ca()));

        isSeen(Entry.of("T03"), agent, gateway, variables(gateway, TestGateway.PASSWORD, gateway.ca()));
    }

    @Test
    void t03_the_sender_gives_up_before_a_receiver_has_answered() throws Exception {
        StandInReceiver receiver = rig.with(StandInReceiver.start());
        receiver.reply(new StandInReceiver.Reply.Never());
        TestGateway gateway = gateway(receiver);
        PrometheusProcess agent =
                rig.agent("agent", new AgentConfig().remote(gateway.url("/api/v1/receive"), """
                                    remote_timeout: 500ms
                                    basic_auth: {username: alpha, password_file: %s}
                                    tls_config: {ca_file: %s}
                                """.formatted(
                                        rig.passwordFile(TestGateway.PASSWORD), gateway.ca())));

        isSeen(Entry.of("T03 late"), agent, gateway, variables(gateway, TestGateway.PASSWORD, gateway.ca()));
        receiver.kill();
    }

    @Test
    void t04_the_sender_does_not_trust_our_certificate() throws Exception {
        TestGateway gateway = gateway(rig.with(StandInReceiver.start()));
        Path other = new TestCertificates(Files.createDirectory(rig.folder().resolve("other"))).ca();
        PrometheusProcess agent =
                rig.agent("agent", agent(gateway.url("/api/v1/receive"), TestGateway.PASSWORD, other));

        isSeen(Entry.of("T04"), agent, gateway, variables(gateway, TestGateway.PASSWORD, other));
    }

    @Test
    void t05_the_password_is_wrong() throws Exception {
        TestGateway gateway = gateway(rig.with(StandInReceiver.start()));
        PrometheusProcess agent = rig.agent("agent", agent(gateway.url("/api/v1/receive"), "a guess", gateway.ca()));

        isSeen(Entry.of("T05"), agent, gateway, variables(gateway, "a guess", gateway.ca()));
        assertThat(output(Entry.of("T05").command(), variables(gateway, TestGateway.PASSWORD, gateway.ca())))
                .contains("recognised as edge alpha, send POST");
    }

    @Test
    void t06_one_cluster_is_missing() throws Exception {
        StandInReceiver receiver = rig.with(StandInReceiver.start());
        TestGateway gateway = rig.start(TestGateway.in(rig.folder())
                .receiverPorts(receiver.port())
                .edge("alpha", "acme")
                .edge("silent", "acme"));
        PrometheusProcess agent =
                rig.agent("agent", agent(gateway.url("/api/v1/receive"), TestGateway.PASSWORD, gateway.ca()));
        Eventually.becomes("alpha writes", () -> !receiver.received().isEmpty());

        isSeen(Entry.of("T06"), agent, gateway, variables(gateway, TestGateway.PASSWORD, gateway.ca()));
    }
}
