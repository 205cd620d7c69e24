package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.AdminConfig;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.HostPort;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.config.TlsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminConfigTest {

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("a.pem"), "");
        Files.writeString(folder.resolve("operators"), "");
    }

    @Test
    void with_tls_and_passwords_it_may_be_reached_from_anywhere() throws IOException {
        AdminConfig admin = new ConfigFixture(folder)
                .with("admin: {address: \"0.0.0.0:19292\", htpasswd_file: operators,"
                        + " tls: {certificates: [{cert_file: a.pem, key_file: a.pem}]}}\n")
                .taken()
                .admin();

        Path file = folder.resolve("a.pem");
        ServerTlsConfig tls = new ServerTlsConfig(List.of(new CertificateFiles(file, file)), TlsVersion.TLS_1_2, null);
        assertThat(admin)
                .isEqualTo(
                        new AdminConfig(new HostPort("0.0.0.0", 19_292), tls, folder.resolve("operators"), List.of()));
    }

    @Test
    void names_that_operators_call_are_read_without_brackets() throws IOException {
        AdminConfig admin = new ConfigFixture(folder)
                .with("admin: {host_names: [ops.example, \"*.svc\", 10.0.0.7, \"[fd00::7]\"]}\n")
                .taken()
                .admin();

        assertThat(admin.hostNames()).containsExactly("ops.example", "*.svc", "10.0.0.7", "fd00::7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{address: \"0.0.0.0:19292\", htpasswd_file: operators, unsafe_plaintext: true}",
                "{address: \"127.0.0.1:19292\", htpasswd_file: operators}",
                "{address: \"localhost:19292\", tls: {certificates: [{cert_file: a.pem, key_file: a.pem}]}}",
                "{address: \"[::1]:19292\", unsafe_plaintext: true}"
            })
    void these_are_good_too(String admin) throws IOException {
        assertThat(new ConfigFixture(folder).with("admin: " + admin + "\n").problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {address: "0.0.0.0:1", unsafe_plaintext: true}  | admin.htpasswd_file: is missing, and 0.0.0.0:1 is reachable from other machines: write a password file with the operators, or the address 127.0.0.1:1
            {address: "10.0.0.7:1", htpasswd_file: operators} | admin.tls: is missing, and 10.0.0.7:1 is reachable from other machines: write the certificates, or unsafe_plaintext: true to let passwords cross the network readable
            {htpasswd_file: htpasswd}                       | admin.htpasswd_file: is the password file of the edges too, so every sender could look in: write a file of its own
            {htpasswd_file: nobody}                         | admin.htpasswd_file: nobody does not exist, make it with `htpasswd -cB FILE USER` or name your own
            {unsafe_plaintext: yes}                         | admin.unsafe_plaintext: yes is neither true nor false, write one of the two
            {unsafe_plaintext: true, tls: {certificates: [{cert_file: a.pem, key_file: a.pem}]}} | admin.unsafe_plaintext: the listener has either tls or this, leave one of them out
            {users: {}}                                     | admin.users: unknown key `users`, known here: address, tls, unsafe_plaintext, htpasswd_file, host_names
            {host_names: ["ops.example:19292"]}              | admin.host_names[0]: ops.example:19292 is no host, write a name, *.NAME, an IPv4 or an IPv6 address, without a port
            {host_names: []}                                | admin.host_names: is empty, write the names that operators call, or leave the key out to be called by loopback names only
            """)
    void bad_values(String admin, String message) throws IOException {
        assertThat(new ConfigFixture(folder).with("admin: " + admin + "\n").problems())
                .map(problem -> problem.replaceFirst("^ringgate.yaml:3: ", ""))
                .containsExactly(message);
    }

    @Test
    void nothing_left_out_opens_it_to_the_network() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .with("admin: {address: \"[::]:19292\"}\n")
                        .problems())
                .hasSize(2)
                .allMatch(problem -> problem.contains(" is missing, and [::]:19292 is reachable from other machines"));
    }
}
