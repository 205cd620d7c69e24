package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.AccessLogConfig;
import io.ringgate.config.AdminConfig;
import io.ringgate.config.FileLocations;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.HostPort;
import io.ringgate.config.LimitsSource;
import io.ringgate.config.StampLabels;
import io.ringgate.edge.LabelName;
import io.ringgate.edge.LabelNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands at the top of ringgate.yaml, and its small sections: admin, stamp, files. */
class GatewaySettingsTest {

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        GatewaySettings settings = new ConfigFixture(folder).taken();

        assertThat(settings.admin())
                .isEqualTo(new AdminConfig(new HostPort("127.0.0.1", 19_292), null, null, List.of()));
        assertThat(settings.memoryBudget()).isEmpty();
        assertThat(settings.maxConcurrentWrites()).isEqualTo(500);
        assertThat(settings.authCpuShare()).isEqualTo(20);
        assertThat(settings.trustedProxies()).isEmpty();
        assertThat(settings.labelNames()).isEqualTo(LabelNames.UTF8);
        assertThat(settings.stamp()).isEqualTo(new StampLabels(null, new LabelName("cluster"), false));
        assertThat(settings.files())
                .isEqualTo(new FileLocations(
                        folder.resolve("edges.yaml"),
                        folder.resolve("htpasswd"),
                        new LimitsSource.Folder(folder.resolve("limits"))));
    }

    @Test
    void every_key() throws IOException {
        GatewaySettings settings = FullConfigTest.load(folder).settings();

        assertThat(settings.admin().address()).isEqualTo(new HostPort("::1", 19_392));
        assertThat(settings.admin().htpasswdFile()).isEqualTo(folder.resolve("operators"));
        assertThat(settings.admin().tls()).isNotNull();
        assertThat(settings.accessLog())
                .isEqualTo(new AccessLogConfig(true, folder.resolve("access.jsonl"), 10, Duration.ofSeconds(2)));
        assertThat(settings.memoryBudget()).isEqualTo(OptionalLong.of(1L << 30));
        assertThat(settings.maxConcurrentWrites()).isEqualTo(100);
        assertThat(settings.authCpuShare()).isEqualTo(150);
        assertThat(settings.trustedProxies()).hasToString("[10.9.0.0/16, fd00:9::/32]");
        assertThat(settings.labelNames()).isEqualTo(LabelNames.LEGACY);
        assertThat(settings.stamp()).isEqualTo(new StampLabels(new LabelName("tenant_id"), new LabelName("edge")));
        assertThat(settings.files())
                .isEqualTo(new FileLocations(
                        folder.resolve("edges.yaml"),
                        folder.resolve("passwords"),
                        new LimitsSource.Folder(folder.resolve("policies"))));
    }

    @Test
    void an_empty_name_stamps_no_label() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .with("stamp: {tenant_label: \"\", edge_label: ''}\n")
                        .taken()
                        .stamp())
                .isEqualTo(new StampLabels(null, null));
    }

    @Test
    void the_edges_may_lie_elsewhere() throws IOException {
        Path gone = folder.resolve("../gone/edges.yaml").normalize();

        assertThat(new ConfigFixture(folder)
                        .with("files: {edges: ../gone/./edges.yaml}\n")
                        .problems())
                .containsExactly(gone + ": does not exist, write it or name another file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            admin: {address: "127.1:19292"}   | admin.address: 127.1:19292 has no valid host, write a name, an IPv4 address or an IPv6 address in brackets
            admin: {port: 1}                  | admin.port: unknown key `port`, known here: address, tls, unsafe_plaintext, htpasswd_file, host_names
            memory_budget: lots               | memory_budget: lots is not a size, write bytes or a number with KiB, MiB or GiB, for example 16MiB
            memory_budget: 64MiB              | warning: memory_budget: 64MiB cannot hold one write of body.max_packed and body.max_unpacked, write more than 80MiB or lower those two
            max_concurrent_writes: 0          | max_concurrent_writes: 0 is not a number of writes, write a number from 1 to 1000000
            max_concurrent_writes: 1e3        | max_concurrent_writes: 1e3 is not a number of writes, write a number from 1 to 1000000
            max_concurrent_writes: 49         | warning: max_concurrent_writes: 49 is less than the 50 shards that one agent may open, write 50 for each agent of an edge or more
            auth_cpu_share: 0%                | auth_cpu_share: 0% is not a share of a core, write 1% to 6400%, for example 20%
            auth_cpu_share: 0.2               | auth_cpu_share: 0.2 is not a share of a core, write 1% to 6400%, for example 20%
            auth_cpu_share: 6401%             | auth_cpu_share: 6401% is not a share of a core, write 1% to 6400%, for example 20%
            trusted_proxies: []               | trusted_proxies: is empty, write the networks of your load balancers, or leave the key out
            trusted_proxies: [10.9.0.0/16]    | warning: trusted_proxies: has no effect, write proxy_protocol: true or forwarded_for: true at a listener
            trusted_proxies: [10.9.0.1/16]    | trusted_proxies[0]: 10.9.0.1/16 is an address inside of a network, write 10.9.0.0/16 for the network or 10.9.0.1 for the one address
            label_names: UTF-8                | label_names: UTF-8 is not known here, write utf8 or legacy
            stamp: {tenant_label: 9lives}     | stamp.tenant_label: 9lives is not a label name, write letters, digits and '_', not beginning with a digit, not beginning with '__'; or "" to stamp none
            stamp: {tenant_label: cluster}    | stamp.tenant_label: cluster is both tenant_label and edge_label, write two names
            stamp: {tenant_label: id, edge_label: id} | stamp.edge_label: id is both tenant_label and edge_label, write two names
            undecided: ["Who may write?"]     | undecided[0]: must be decided, then delete this line: Who may write?
            undecided: Who may write?         | undecided: is text, write a list: lines that begin with '- '
            recievers: {}                     | recievers: unknown key `recievers`, did you mean `receivers`?
            """)
    void bad_values(String line, String message) throws IOException {
        assertThat(new ConfigFixture(folder).with(line + "\n").problems())
                .containsExactly("ringgate.yaml:3: " + message);
    }

    @Test
    void keys_beside_the_section_that_they_belong_under_are_told_so() throws IOException {
        assertThat(new ConfigFixture(folder).with("timeouts:\nidle: 1m\n").problems())
                .containsExactly("ringgate.yaml:4: idle: unknown key `idle`, it belongs under `timeouts`: write it with"
                        + " two spaces more before it");
    }

    @Test
    void problems_of_both_files_are_told_at_once_in_reading_order() throws IOException {
        ConfigFixture trial = new ConfigFixture(folder)
                .settings("listeners: []\n\nlabel_names: ascii\nreceivers: {dns: r, mode: shard}\n")
                .edges("edges:\n- name: a b\n  tenant: t\n- {}\n");

        assertThat(trial.problems())
                .containsExactly(
                        "ringgate.yaml:1: listeners: is empty, write at least one listener with an address",
                        "ringgate.yaml:3: label_names: ascii is not known here, write utf8 or legacy",
                        "ringgate.yaml:4: receivers.mode: shard is not known here, write forward",
                        "edges.yaml:2: edges[0].name: \"a b\" is not an edge name, write 1 to 128 letters, digits, '_', '.' or '-', beginning with a letter or digit",
                        "edges.yaml:2: warning: edges[0].credentials: there are none, so this edge cannot authenticate: write for example - basic: {user: NAME}",
                        "edges.yaml:4: edges[1].name: is missing, write the name of the edge cluster",
                        "edges.yaml:4: edges[1].tenant: is missing, write the tenant its series are stored under",
                        "edges.yaml:4: warning: edges[1].credentials: there are none, so this edge cannot authenticate: write for example - basic: {user: NAME}");
    }
}
