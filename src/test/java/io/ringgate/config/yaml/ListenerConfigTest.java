package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.CertificateFiles;
import io.ringgate.config.ClientAuthConfig;
import io.ringgate.config.ClientCaFiles;
import io.ringgate.config.HostPort;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.config.TlsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerConfigTest {

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        Files.writeString(folder.resolve("a.pem"), "");
        List<ListenerConfig> listeners =
                new ConfigFixture(folder).settings("""
                        listeners:
                          - address: 0.0.0.0:19291
                            tls: {certificates: [{cert_file: a.pem, key_file: a.pem}]}
                        receivers: {addresses: [receiver-0]}
                        """).taken().listeners();

        Path file = folder.resolve("a.pem");
        ServerTlsConfig tls = new ServerTlsConfig(List.of(new CertificateFiles(file, file)), TlsVersion.TLS_1_2, null);
        assertThat(listeners)
                .containsExactly(new ListenerConfig(
                        new HostPort("0.0.0.0", 19_291), tls, List.of(), false, false, OptionalInt.empty()));
        assertThat(ServerTlsConfig.DEFAULT_MIN_VERSION).isEqualTo(TlsVersion.TLS_1_2);
    }

    @Test
    void every_key() throws IOException {
        List<ListenerConfig> listeners = FullConfigTest.load(folder).settings().listeners();

        ServerTlsConfig tls = new ServerTlsConfig(
                List.of(
                        new CertificateFiles(folder.resolve("a.pem"), folder.resolve("a-key.pem")),
                        new CertificateFiles(Path.of("/elsewhere/b.pem"), folder.resolve("keys/b-key.pem"))),
                TlsVersion.TLS_1_3,
                new ClientAuthConfig(
                        true, new ClientCaFiles(folder.resolve("clients.pem"), folder.resolve("revoked.crl"))));
        assertThat(listeners)
                .containsExactly(
                        new ListenerConfig(
                                new HostPort("127.0.0.2", 19_391),
                                tls,
                                List.of("receive.example", "fd00::8"),
                                true,
                                false,
                                OptionalInt.empty()),
                        new ListenerConfig(new HostPort("::1", 0), null, List.of(), false, true, OptionalInt.empty()),
                        new ListenerConfig(
                                new HostPort("127.0.0.3", 80), null, List.of(), false, false, OptionalInt.of(443)));
        assertThat(listeners).extracting(ListenerConfig::unsafePlaintext).containsExactly(false, true, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                        | listeners: is empty, write at least one listener with an address
            off                                       | listeners: is text, write a list: lines that begin with '- '
            [9]                                       | listeners[0]: is text, write keys under it
            [{unsafe_plaintext: true}]                | listeners[0].address: is missing, write for example 0.0.0.0:19291
            [{address: "localhost:1"}]                | listeners[0].tls: is missing, write the certificates, or unsafe_plaintext: true to take passwords unencrypted
            [{address: "localhost:1", unsafe_plaintext: no}]    | listeners[0].unsafe_plaintext: no is neither true nor false, write one of the two
            [{address: "localhost:1", unsafe_plaintext: false}] | listeners[0].unsafe_plaintext: is false, then write tls with certificates beside it
            [{address: "localhost:1", tls: {}}]       | listeners[0].tls.certificates: is missing, write a list of cert_file and key_file
            [{address: "localhost:1", tls: {certificates: []}}] | listeners[0].tls.certificates: is empty, write a list of cert_file and key_file
            [{address: "localhost", unsafe_plaintext: true}]    | listeners[0].address: localhost has no port, write host:port, for example localhost:19291
            [{address: ":19291", unsafe_plaintext: true}]       | listeners[0].address: :19291 has no host, write for example 0.0.0.0:19291 for every address of this machine
            [{address: "::1:80", unsafe_plaintext: true}]       | listeners[0].address: ::1:80 has several colons, write an IPv6 address in brackets, for example [::1]:19291
            [{address: "1.2.3.400:1", unsafe_plaintext: true}]  | listeners[0].address: 1.2.3.400:1 has no valid host, write a name, an IPv4 address or an IPv6 address in brackets
            [{address: "a:70000", unsafe_plaintext: true}]      | listeners[0].address: a:70000 has a port that is none, write a number from 0 to 65535
            [{address: "a:1", redirect_to_https: true}]         | listeners[0].redirect_to_https: there is no listener with tls to send clients to
            [{address: "a:1", unsafe_plaintext: true, redirect_port: 443}] | listeners[0].redirect_port: has no meaning here, write redirect_to_https: true beside it
            [{address: "a:1", unsafe_plaintext: true, host_names: []}]     | listeners[0].host_names: is empty, write the names that clients call, or leave the key out to take any
            [{address: "a:1", unsafe_plaintext: true, host_names: ["a:443"]}] | listeners[0].host_names[0]: a:443 is no host, write a name, *.NAME, an IPv4 or an IPv6 address, without a port
            [{address: "a:1", unsafe_plaintext: true, host_names: ["*.*.a"]}] | listeners[0].host_names[0]: *.*.a is no host, write a name, *.NAME, an IPv4 or an IPv6 address, without a port
            [{address: "a:1", unsafe_plaintext: true, proxy_protocol: true}] | listeners[0].proxy_protocol: no proxy is trusted to say where clients come from, write trusted_proxies at the top
            [{address: "a:1", unsafe_plaintext: true, forwarded_for: true}]  | listeners[0].forwarded_for: no proxy is trusted to say where clients come from, write trusted_proxies at the top
            [{address: "https://a:1", unsafe_plaintext: true}]  | listeners[0].address: https://a:1 is a URL, write only host and port
            """)
    void bad_values(String listeners, String message) throws IOException {
        String yaml = "listeners: " + listeners + "\nreceivers: {addresses: [receiver-0]}\n";

        assertThat(new ConfigFixture(folder).settings(yaml).problems()).containsExactly("ringgate.yaml:1: " + message);
    }

    @Test
    void clients_may_be_asked_for_certificates() throws IOException {
        assertThat(clientAuth("client_auth: request, client_ca_file: a.pem")
                        .taken()
                        .listeners()
                        .getFirst()
                        .tls())
                .extracting(ServerTlsConfig::clientAuth)
                .isEqualTo(new ClientAuthConfig(false, new ClientCaFiles(folder.resolve("a.pem"), null)));
        assertThat(clientAuth("client_auth: none")
                        .taken()
                        .listeners()
                        .getFirst()
                        .asksForCertificates())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client_auth: always                       | client_auth: always is not known here, write none or request or require
            client_auth: require                      | client_ca_file: is missing, write the path of a PEM file with the authorities that clients have their certificates from
            client_ca_file: a.pem                     | client_ca_file: belongs to client_auth: request or require, write one of them or leave this out
            client_auth: none, crl_file: a.pem        | crl_file: belongs to client_auth: request or require, write one of them or leave this out
            client_auth: request, client_ca_file: b.pem | client_ca_file: b.pem does not exist, make one with certs/make-dev-certs or name your own
            client_auth: request, client_ca_file: a.pem, crl_file: b.crl | crl_file: b.crl does not exist, have your authority write one
            """)
    void bad_client_auth(String keys, String message) throws IOException {
        assertThat(clientAuth(keys).problems()).containsExactly("ringgate.yaml:3: listeners[0].tls." + message);
    }

    private ConfigFixture clientAuth(String keys) throws IOException {
        Files.writeString(folder.resolve("a.pem"), "");
        return new ConfigFixture(folder).settings("""
                        listeners:
                          - address: 0.0.0.0:19291
                            tls: {certificates: [{cert_file: a.pem, key_file: a.pem}], %s}
                        receivers: {addresses: [receiver-0]}
                        """.formatted(keys));
    }

    private ConfigFixture redirecting(String redirect, String port) throws IOException {
        Files.writeString(folder.resolve("a.pem"), "");
        return new ConfigFixture(folder).settings("""
                        listeners:
                          - {address: "0.0.0.0:80", %s}
                          - {address: "0.0.0.0:%s", tls: {certificates: [{cert_file: a.pem, key_file: a.pem}]}}
                        receivers: {addresses: [receiver-0]}
                        """.formatted(redirect, port));
    }

    @Test
    void a_redirect_goes_to_the_first_listener_with_tls() throws IOException {
        assertThat(redirecting("redirect_to_https: true", "19291").taken().listeners())
                .extracting(ListenerConfig::redirectPort)
                .containsExactly(OptionalInt.of(19_291), OptionalInt.empty());
    }

    @Test
    void a_redirect_goes_where_it_is_told() throws IOException {
        assertThat(redirecting("redirect_to_https: true, redirect_port: 443", "0")
                        .taken()
                        .listeners()
                        .getFirst()
                        .redirectPort())
                .isEqualTo(OptionalInt.of(443));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redirect_to_https: true | 0 | the system chooses the port of 0.0.0.0:0, write redirect_port: the port that clients reach it by
            redirect_to_https: true, unsafe_plaintext: true | 443 | a listener that redirects takes no writes, leave out unsafe_plaintext or this
            redirect_to_https: true, tls: {certificates: [{cert_file: a.pem, key_file: a.pem}]} | 443 | a listener that redirects takes no writes, leave out tls or this
            """)
    void bad_redirects(String redirect, String port, String message) throws IOException {
        assertThat(redirecting(redirect, port).problems())
                .containsExactly("ringgate.yaml:2: listeners[0].redirect_to_https: " + message);
    }

    @Test
    void no_listeners_at_all() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .settings("receivers: {addresses: [receiver-0]}\n")
                        .problems())
                .containsExactly("ringgate.yaml:1: listeners: is missing, write at least one listener with an address");
    }

    @Test
    void bad_tls() throws IOException {
        String yaml = """
                listeners:
                  - address: localhost:1
                    unsafe_plaintext: true
                    tls:
                      certificates:
                        - cert_file: absent.pem
                        - cert_file: .
                          key_file: ""
                      min_version: 1.1
                receivers: {addresses: [receiver-0]}
                """;

        assertThat(new ConfigFixture(folder).settings(yaml).problems())
                .containsExactly(
                        "ringgate.yaml:3: listeners[0].unsafe_plaintext: a listener has either tls or this, leave one of them out",
                        "ringgate.yaml:6: listeners[0].tls.certificates[0].cert_file: "
                                + folder.resolve("absent.pem").toString().replace(folder + "/", "")
                                + " does not exist, make one with certs/make-dev-certs or name your own",
                        "ringgate.yaml:6: listeners[0].tls.certificates[0].key_file: is missing, write the path of a PEM file",
                        "ringgate.yaml:7: listeners[0].tls.certificates[1].cert_file: " + folder
                                + " is a folder, name a file",
                        "ringgate.yaml:8: listeners[0].tls.certificates[1].key_file: \"\" is empty, write a value or leave the key out",
                        "ringgate.yaml:9: listeners[0].tls.min_version: 1.1 is not known here, write 1.2 or 1.3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            localhost:7 | localhost:7 | localhost:7 takes the same port as localhost:7 in listeners[0].address, write another port
            0.0.0.0:7   | 127.0.0.1:7 | 127.0.0.1:7 takes the same port as 0.0.0.0:7 in listeners[0].address, write another port
            127.0.0.1:7 | [::]:7      | [::]:7 takes the same port as 127.0.0.1:7 in listeners[0].address, write another port
            """)
    void one_port_twice(String first, String second, String message) throws IOException {
        String yaml = """
                listeners:
                  - {address: "%s", unsafe_plaintext: true}
                  - {address: "%s", unsafe_plaintext: true}
                receivers: {addresses: [receiver-0]}
                """.formatted(first, second);

        assertThat(new ConfigFixture(folder).settings(yaml).problems())
                .containsExactly("ringgate.yaml:3: listeners[1].address: " + message);
    }

    @Test
    void the_port_0_and_the_same_port_of_two_addresses_do_not_collide() throws IOException {
        String yaml = """
                listeners:
                  - {address: "127.0.0.1:0", unsafe_plaintext: true}
                  - {address: "127.0.0.1:0", unsafe_plaintext: true}
                  - {address: "127.0.0.1:7", unsafe_plaintext: true}
                  - {address: "127.0.0.2:7", unsafe_plaintext: true}
                receivers: {addresses: [receiver-0]}
                """;

        assertThat(new ConfigFixture(folder).settings(yaml).problems()).isEmpty();
    }
}
