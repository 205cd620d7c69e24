package io.ringgate.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.LoadResult;
import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import io.ringgate.config.Severity;
import io.ringgate.config.Strictness;
import io.ringgate.config.ThanosVersion;
import io.ringgate.config.yaml.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyStorageCheckTest {

    private static final String ACME =
            "edges: [{name: a, tenant: default-tenant, credentials: [{basic: {user: a}}]}, {name: b, tenant: acme, credentials: [{basic: {user: b}}]}]";

    @TempDir
    Path folder;

    private List<Problem> check(String receivers, String edges) throws IOException {
        return check(receivers, edges, null);
    }

    private List<Problem> check(String receivers, String edges, @Nullable ThanosVersion seen) throws IOException {
        Files.writeString(folder.resolve("htpasswd"), "");
        Files.writeString(folder.resolve("edges.yaml"), edges);
        Path yaml = Files.writeString(folder.resolve("ringgate.yaml"), """
                listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]
                receivers: {addresses: [receiver-0]%s}
                """.formatted(receivers));
        LoadResult loaded = new ConfigLoader(yaml, Strictness.STRICT, name -> null).load();
        Problems problems = new Problems();
        LegacyStorageCheck.check(Objects.requireNonNull(loaded.config()), yaml, seen, problems);
        return problems.list();
    }

    @Test
    void a_tenant_beside_the_default_one_is_warned_of() throws IOException {
        assertThat(check("", ACME)).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            assertThat(problem.toString())
                    .isEqualTo(folder.resolve("ringgate.yaml")
                            + ": warning: receivers.version: is not written, and receivers before 0.39.0 lose the stored data"
                            + " of tenants like acme at their next start if there is no folder default-tenant below --tsdb.path:"
                            + " write the version if it is newer, or make the folder on each of them and write"
                            + " default_tenant_folder: true");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {", version: v0.37.2", ", version: 0.38.0", ", version: 0.9.0"})
    void an_old_version_is_warned_of(String receivers) throws IOException {
        assertThat(check(receivers, ACME))
                .singleElement()
                .asString()
                .contains(", which is too old, and receivers before 0.39.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", version: 0.39.0",
                ", version: v0.42.4",
                ", version: v1.0.0-rc.0",
                ", default_tenant_folder: true",
                ", version: 0.37.2, default_tenant_folder: true",
                ", write: {path: /api/v1/push}"
            })
    void nothing_is_said_where_nothing_is_lost(String receivers) throws IOException {
        assertThat(check(receivers, ACME)).isEmpty();
    }

    @Test
    void nothing_is_said_where_only_a_disabled_edge_has_another_tenant() throws IOException {
        assertThat(check("", ACME.replace("tenant: acme,", "tenant: acme, enabled: false,")))
                .isEmpty();
    }

    @Test
    void what_receivers_say_counts_more_than_what_is_written() throws IOException {
        assertThat(check(", version: v0.42.4", ACME, new ThanosVersion(0, 37, 2)))
                .singleElement()
                .asString()
                .contains("a receiver says that it is 0.37.2, which is too old");
        assertThat(check("", ACME, new ThanosVersion(0, 42, 4))).isEmpty();
    }

    @Test
    void a_template_makes_tenants() throws IOException {
        String edges = """
                issuers:
                  - name: idp
                    issuer: idp
                    audiences: [ringgate]
                    jwks_url: https://idp.example/keys
                    edge_template: {edge: "{claim:azp}", tenant: "t-{claim:org}", allow: "[a-z]+"}
                edges: []
                """;

        assertThat(check("", edges)).singleElement().asString().contains("edge_template of issuer idp");
    }
}
