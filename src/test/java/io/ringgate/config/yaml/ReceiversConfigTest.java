package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.ClientTlsConfig;
import io.ringgate.config.HealthEndpoint;
import io.ringgate.config.HostPort;
import io.ringgate.config.OnLimit;
import io.ringgate.config.ReceiverMode;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.ReceiversConfig;
import io.ringgate.config.ThanosVersion;
import io.ringgate.config.WriteEndpoint;
import io.ringgate.hashring.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiversConfigTest {

    private static final String LISTENERS = "listeners: [{address: \"127.0.0.1:0\", unsafe_plaintext: true}]\n";

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        assertThat(new ConfigFixture(folder).taken().receivers())
                .isEqualTo(new ReceiversConfig(
                        ReceiverMode.FORWARD,
                        new ReceiverSource.Listed(List.of(new HostPort("receiver-0", 19_291))),
                        "THANOS-TENANT",
                        new WriteEndpoint(19_291, "/api/v1/receive", null),
                        OnLimit.DELAY,
                        new HealthEndpoint(false, 10_902, "/-/ready"),
                        Set.of(200, 204),
                        Duration.ofMinutes(15),
                        null,
                        false));
    }

    @Test
    void defaults_of_a_name() throws IOException {
        assertThat(receivers("{dns: receivers.example}").taken().receivers().source())
                .isEqualTo(new ReceiverSource.Dns(new HostPort("receivers.example", 19_291), Duration.ofSeconds(10)));
    }

    @Test
    void every_key() throws IOException {
        assertThat(FullConfigTest.load(folder).settings().receivers())
                .isEqualTo(new ReceiversConfig(
                        ReceiverMode.FORWARD,
                        new ReceiverSource.Listed(List.of(
                                new HostPort("receiver-0", 9_090),
                                new HostPort("10.0.0.7", 1_234),
                                new HostPort("fd00::7", 9_090))),
                        "X-Scope-OrgID",
                        new WriteEndpoint(
                                9_090,
                                "/api/v1/write",
                                new ClientTlsConfig(folder.resolve("ca.pem"), "receivers.example")),
                        OnLimit.DROP,
                        new HealthEndpoint(true, 9_902, "/ready"),
                        Set.of(200, 202, 204),
                        Duration.ofMinutes(5),
                        new ThanosVersion(0, 37, 2),
                        true));
    }

    @Test
    void every_key_of_a_name() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .settings(FullConfig.DNS)
                        .taken()
                        .receivers()
                        .source())
                .isEqualTo(new ReceiverSource.Dns(new HostPort("receivers.example", 19_291), Duration.ofSeconds(90)));
    }

    @Test
    void https_alone_trusts_the_system() throws IOException {
        WriteEndpoint write = receivers("{dns: r, write: {scheme: https}}")
                .taken()
                .receivers()
                .write();

        assertThat(write.tls()).isEqualTo(ClientTlsConfig.DEFAULT);
        assertThat(write.https()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                        | receivers.hashrings_file: is missing, write the hashring file that the receivers read, or name them by dns or addresses
            {addresses: [a], dns: b}                  | receivers.addresses: receivers are named by dns already, leave one out
            {hashrings_file: r.json, dns: b}          | receivers.dns: receivers are named by hashrings_file already, leave one out
            {hashrings_file: r.json, dns_refresh: 1s} | receivers.dns_refresh: belongs to dns, but receivers are named by hashrings_file
            {dns: b, algorithm: ketama}               | receivers.algorithm: belongs to hashrings_file, but receivers are named by dns
            {dns: b, replication_factor: 3}           | receivers.replication_factor: belongs to hashrings_file, but receivers are named by dns
            {hashrings_file: r.json, algorithm: x}    | receivers.algorithm: x is not known here, write hashmod or ketama
            {hashrings_file: r.json, replication_factor: 0} | receivers.replication_factor: 0 is not a number of replicas, write a number from 1 to 100
            {addresses: [a], dns_refresh: 10s}        | receivers.dns_refresh: belongs to dns, but receivers are named by addresses
            {addresses: []}                           | receivers.addresses: is empty, write at least one receiver
            {addresses: a}                            | receivers.addresses: is text, write a list: lines that begin with '- '
            {addresses: ["http://a:1"]}               | receivers.addresses[0]: http://a:1 is a URL, write only host and port
            {addresses: [a, "b:0"]}                   | receivers.addresses[1]: b:0 has a port that is none, write a number from 1 to 65535
            {addresses: [a, "a:19291"]}               | receivers.addresses[1]: a:19291 is named already in line 2, leave one out
            {dns: "a b"}                              | receivers.dns: "a b" has no valid host, write a name, an IPv4 address or an IPv6 address in brackets
            {dns: a, dns_refresh: 10ms}               | receivers.dns_refresh: 10ms is too short, write 100ms or more
            {dns: a, mode: shard}                     | receivers.mode: shard is not known here, write forward
            {dns: a, tenant_header: "a b"}            | receivers.tenant_header: "a b" is not a header name, write for example THANOS-TENANT
            {dns: a, tenant_header: Content-Length}   | receivers.tenant_header: Content-Length has another meaning in every request, write for example THANOS-TENANT
            {dns: a, tenant_header: traceparent}      | receivers.tenant_header: traceparent has another meaning in every request, write for example THANOS-TENANT
            {dns: a, health: {scheme: tcp}}           | receivers.health.scheme: tcp is not known here, write http or https
            {dns: a, health: {port: 0}}               | receivers.health.port: 0 is not a port, write a number from 1 to 65535
            {dns: a, health: {path: ready}}           | receivers.health.path: ready is not a path, write for example /-/ready
            {dns: a, version: latest}                 | receivers.version: latest is not a release of Thanos, write for example v0.37.2
            {dns: a, version: 0.42}                   | receivers.version: 0.42 is not a release of Thanos, write for example v0.37.2
            {dns: a, default_tenant_folder: 1}        | receivers.default_tenant_folder: 1 is neither true nor false, write one of the two
            {dns: a, on_limit: keep}                  | receivers.on_limit: keep is not known here, write delay or drop
            {dns: a, write: {scheme: grpc}}           | receivers.write.scheme: grpc is not known here, write http or https
            {dns: a, write: {port: 70000}}            | receivers.write.port: 70000 is not a port, write a number from 1 to 65535
            {dns: a, write: {port: "${PORT}"}}        | receivers.write.port: the value of ${PORT} is not a port, correct the variable
            {dns: a, write: {path: api/v1/receive}}   | receivers.write.path: api/v1/receive is not a path, write for example /api/v1/receive
            {dns: a, write: {path: "/a?b"}}           | receivers.write.path: "/a?b" is not a path, write for example /api/v1/receive
            {dns: a, write: {tls: {}}}                | receivers.write.tls: belongs to https, write scheme: https or leave tls out
            {dns: a, write: {scheme: https, tls: {server_name: "a b"}}} | receivers.write.tls.server_name: "a b" is not a host name, write the name that is in the receivers' certificate
            {dns: a, write: {scheme: https, tls: {ca_file: .}}}         | receivers.write.tls.ca_file: FOLDER is a folder, name a file
            """)
    void bad_values(String receivers, String message) throws IOException {
        assertThat(receivers(receivers).problems())
                .containsExactly("ringgate.yaml:2: " + message.replace("FOLDER", folder.toString()));
    }

    @Test
    void no_receivers_at_all() throws IOException {
        assertThat(new ConfigFixture(folder).settings(LISTENERS).problems())
                .containsExactly(
                        "ringgate.yaml:1: receivers: is missing, write who takes the writes: hashrings_file, dns or addresses");
    }

    @Test
    void a_hashring_file() throws IOException {
        Files.writeString(folder.resolve("r.json"), "[{\"endpoints\": [\"a:10901\", \"b:10901\"]}]");

        assertThat(new ConfigFixture(folder)
                        .settings(FullConfig.HASHRINGS)
                        .taken()
                        .receivers()
                        .source())
                .isEqualTo(new ReceiverSource.Hashrings(folder.resolve("r.json"), Algorithm.KETAMA, 2));
    }

    private ConfigFixture receivers(String yaml) throws IOException {
        Files.writeString(folder.resolve("r.json"), "[{\"endpoints\": [\"a:10901\"]}]");
        return new ConfigFixture(folder)
                .settings(LISTENERS + "receivers: " + yaml + "\n")
                .set("PORT", "x1");
    }
}
