package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies that cannot work as they are written, or are for nobody: warnings. */
class PolicyCheckTest {

    private static final String FILE = "limits/default-tenant.yaml";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            samples_per_second: 100               | samples_per_second: a burst of 1000 can never hold the 2000 samples of a sender's usual write, write a burst of 2000 or more
            samples_per_second: {rate: 5000, burst: 100} | samples_per_second.burst: a burst of 100 can never hold the 2000 samples of a sender's usual write, write a burst of 2000 or more
            {samples_per_second: 500, max_samples_per_write: 6000} | samples_per_second: a burst of 5000 can never hold the 6000 samples that max_samples_per_write lets through, write a burst of 6000 or more
            {bytes_per_second: 1MiB, max_body: {packed: 11MiB}} | bytes_per_second: a burst of 10MiB can never hold the 11MiB that max_body.packed lets through, write a burst of 11MiB or more
            max_body: {packed: 65MiB}             | max_body.packed: a body of 65MiB packed is more than the 64MiB that it may be unpacked, write max_body.unpacked of 65MiB or more, or less packed
            max_body: {unpacked: 15MiB}           | max_body.unpacked: a body of 16MiB packed is more than the 15MiB that it may be unpacked, write max_body.unpacked of 16MiB or more, or less packed
            max_body: {unpacked: 250MiB}          | max_body.unpacked: a body of 16MiB packed and 250MiB unpacked is more than the memory_budget of 256MiB ever holds, write less, or raise that
            max_connections: 10                   | max_connections: 10 is less than the 50 connections that one agent may have, write 50 for each agent of an edge or more
            max_concurrent_writes: 49             | max_concurrent_writes: 49 is less than the 50 writes at a time that one agent may have, write 50 for each agent of an edge or more
            per_edge: {samples_per_second: 100}   | per_edge.samples_per_second: a burst of 1000 can never hold the 2000 samples of a sender's usual write, write a burst of 2000 or more
            {max_samples_per_write: 30000, per_edge: {samples_per_second: 2000}} | per_edge.samples_per_second: a burst of 20000 can never hold the 30000 samples that max_samples_per_write lets through, write a burst of 30000 or more
            edges: {cluster-02-edge: {max_connections: 9}} | edges.cluster-02-edge.max_connections: 9 is less than the 50 connections that one agent may have, write 50 for each agent of an edge or more
            edges: {cluster-99-edge: {weight: 5}} | edges.cluster-99-edge: no edge of tenant default-tenant is called so, so this is for nobody: write the name of one, or remove it
            """)
    void each_is_told_where_it_is_written(String line, String message) throws IOException {
        assertThat(new Trial(folder)
                        .with("memory_budget: 256MiB\n")
                        .file(FILE, line + "\n")
                        .problems())
                .containsExactly(FILE + ":1: warning: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {samples_per_second: 100, max_samples_per_write: 1000}
            samples_per_second: 200
            bytes_per_second: 1KiB
            max_connections: 50
            max_connections: none
            {max_body: {packed: 100MiB, unpacked: 100MiB}}
            {samples_per_second: {burst: 5}}
            """)
    void what_can_work_is_not_told(String line) throws IOException {
        assertThat(new Trial(folder).file(FILE, line + "\n").problems()).isEmpty();
    }

    @Test
    void what_the_defaults_cause_is_told_of_them_only() throws IOException {
        assertThat(new Trial(folder)
                        .file("limits/_default.yaml", "samples_per_second: 100\nmax_connections: 5\n")
                        .file(FILE, "weight: 5\nper_edge: {weight: 6}\nsamples_per_second: {on_limit: drop}\n")
                        .problems())
                .hasSize(2)
                .allMatch(problem -> problem.startsWith("limits/_default.yaml"));
    }

    @Test
    void what_a_tenant_makes_of_the_defaults_is_told_of_the_tenant() throws IOException {
        assertThat(new Trial(folder)
                        .file("limits/_default.yaml", "samples_per_second: 1000\n")
                        .file(FILE, "\nmax_samples_per_write: 20000\n")
                        .problems())
                .containsExactly(
                        FILE
                                + ":2: warning: max_samples_per_write: a burst of 10000 can never hold the 20000 samples that max_samples_per_write lets through, write a burst of 20000 or more");
    }

    @Test
    void a_file_of_a_tenant_that_no_edge_has_is_for_nobody() throws IOException {
        assertThat(new Trial(folder)
                        .file("limits/default-tenat.yaml", "weight: 5\n")
                        .problems())
                .containsExactly(
                        "limits/default-tenat.yaml: warning: no edge has the tenant default-tenat, so this is for nobody: name the file after a tenant, or remove it");
    }

    @Test
    void an_edge_of_nobody_in_the_defaults_is_told() throws IOException {
        assertThat(new Trial(folder)
                        .file("limits/_default.yaml", "edges: {cluster-02-edge: {weight: 5}, nobody: {weight: 6}}\n")
                        .problems())
                .containsExactly(
                        "limits/_default.yaml:1: warning: edges.nobody: no edge is called so, so this is for nobody: write the name of one, or remove it");
    }

    @Test
    void what_a_template_may_make_is_not_told() throws IOException {
        Trial trial = new Trial(folder)
                .edges("""
                        issuers:
                          - name: k
                            issuer: k
                            audiences: [ringgate]
                            jwks_file: htpasswd
                            edge_template: {edge: "e-{claim:azp}", tenant: "t-{claim:/org/name}.x", allow: ".*"}
                        edges: [{name: a, tenant: b, credentials: [{basic: {user: a}}]}]
                        """)
                .file("limits/t-acme.x.yaml", "edges: {e-one: {weight: 1}, f-one: {weight: 1}}\n")
                .file("limits/t-acmeax.yaml", "weight: 5\n");

        assertThat(trial.problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("edges.f-one: no edge of tenant t-acme.x is called so"))
                .anyMatch(problem -> problem.contains("no edge has the tenant t-acmeax"));
    }
}
