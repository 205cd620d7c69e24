package io.ringgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.GatewayConfig;
import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are told of because others may read or write them. */
class FileRightsTest {

    private static final String READ =
            "others may read it (mode 0644) and it holds secrets: `chmod o-rwx` it, or write defaultMode: 0440 where"
                    + " Kubernetes mounts it";

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        new TestCertificates(folder).issue("one", "DNS:one.example").issue("admin", "DNS:admin.example");
        Files.writeString(folder.resolve("htpasswd"), "");
        Files.writeString(folder.resolve("operators"), "");
        Files.writeString(folder.resolve("secret"), "s");
        Files.writeString(folder.resolve("jwks.json"), "{\"keys\":[]}");
        Files.writeString(folder.resolve("hashrings.json"), "[{\"endpoints\":[\"receiver-0:10901\"]}]");
        Files.createDirectory(folder.resolve("limits"));
        Files.writeString(folder.resolve("edges.yaml"), """
                issuers: [{name: idp, issuer: i, audiences: [x], jwks_file: jwks.json}]
                introspection: {url: https://idp.example/ask, client_id: us, client_secret_file: secret}
                edges: [{name: a, tenant: t, credentials: [{basic: {user: a}}]}]
                """);
        Files.writeString(folder.resolve("ringgate.yaml"), """
                listeners:
                  - address: 127.0.0.1:0
                    tls: {certificates: [{cert_file: one.pem, key_file: one.key}], client_auth: request,
                      client_ca_file: ca.pem}
                admin: {address: "127.0.0.1:0", htpasswd_file: operators,
                  tls: {certificates: [{cert_file: admin.pem, key_file: admin.key}]}}
                receivers: {hashrings_file: hashrings.json}
                """);
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.toList()) {
                mode(each.getFileName().toString(), Files.isDirectory(each) ? "rwxr-xr-x" : "rw-r-----");
            }
        }
    }

    private void mode(String file, String mode) throws IOException {
        Files.setPosixFilePermissions(folder.resolve(file), PosixFilePermissions.fromString(mode));
    }

    private List<String> told() {
        Path file = folder.resolve("ringgate.yaml");
        GatewayConfig config = Objects.requireNonNull(
                new ConfigLoader(file, Strictness.STRICT, name -> null).load().config());
        Problems problems = new Problems();
        FileRights.check(config, file, problems);
        return problems.list().stream()
                .map(Problem::toString)
                .map(text -> text.replace(folder + "/", "").replace(folder.toString(), "."))
                .toList();
    }

    @Test
    void what_its_owner_and_group_may_is_not_told() {
        assertThat(told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one.key", "admin.key", "htpasswd", "operators", "secret"})
    void a_secret_that_others_may_read_is_told(String file) throws IOException {
        mode(file, "rw-r--r--");

        assertThat(told()).containsExactly(file + ": warning: " + READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ringgate.yaml",
                "edges.yaml",
                "jwks.json",
                "hashrings.json",
                "ca.pem",
                "one.pem",
                "admin.pem",
                "one.key",
                "operators",
                "htpasswd",
                "secret"
            })
    void a_file_that_others_may_write_is_told(String file) throws IOException {
        mode(file, "rw-r---w-");

        assertThat(told())
                .containsExactly(
                        file + ": warning: others may write it (mode 0642) and change what holds here: `chmod o-w` it");
    }

    @Test
    void what_holds_no_secret_may_be_read_by_anybody() throws IOException {
        for (String file : List.of("ringgate.yaml", "edges.yaml", "jwks.json", "hashrings.json", "ca.pem", "one.pem")) {
            mode(file, "rw-r--r--");
        }

        assertThat(told()).isEmpty();
    }

    @Test
    void a_folder_in_which_others_may_exchange_files_is_told_once() throws IOException {
        mode("", "rwx----wx");
        mode("limits", "rwx---rwx");

        assertThat(told())
                .containsExactlyInAnyOrder(
                        ".: warning: others may write this folder (mode 0703) and exchange the files in it: `chmod o-w` it",
                        "limits: warning: others may write this folder (mode 0707) and exchange the files in it: `chmod o-w` it");
    }

    @Test
    void a_folder_in_which_others_may_only_add_files_is_not_told() throws IOException {
        Files.setAttribute(folder, "unix:mode", 01777);

        assertThat(told()).isEmpty();
    }

    @Test
    void a_link_is_told_of_by_where_it_leads() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.move(folder.resolve("one.key"), elsewhere.resolve("key"));
        Files.createSymbolicLink(folder.resolve("one.key"), elsewhere.resolve("key"));
        mode("elsewhere/key", "rw-r--r--");
        mode("elsewhere", "rwx---rwx");

        assertThat(told())
                .containsExactly(
                        "one.key: warning: " + READ,
                        "elsewhere: warning: others may write this folder (mode 0707) and exchange the files in it: `chmod o-w` it");
    }
}
