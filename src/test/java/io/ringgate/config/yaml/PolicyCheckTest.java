package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.reject.Limit;
import io.ringgate.wire.DecodedSize;
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
            max_decoded: 1MiB                     | max_decoded: max_decoded of 1MiB may not hold the 2000 series of a sender's usual write, write 8MiB or more
            max_exemplars_per_write: 4000000      | max_exemplars_per_write: max_exemplars_per_write lets 4000000 through and max_decoded of 256MiB holds 3355443 at most, write less, or raise that
            {max_decoded: 64MiB, max_series_per_write: 300000} | max_series_per_write: max_series_per_write lets 300000 through and max_decoded of 64MiB holds 262144 at most, write less, or raise that
            max_histogram_buckets: 20000000       | max_histogram_buckets: max_histogram_buckets lets 20000000 through and max_decoded of 256MiB holds 16777216 at most, write less, or raise that
            max_exemplars_per_series: 30000       | max_exemplars_per_series: 30000 exemplars of a series are more than the 20000 that max_exemplars_per_write lets through, write that many or less, or raise that
            {max_exemplars_per_write: 50}         | max_exemplars_per_write: 100 exemplars of a series are more than the 50 that max_exemplars_per_write lets through, write that many or less, or raise that
            per_edge: {max_metadata_per_write: 3000000} | per_edge.max_metadata_per_write: max_metadata_per_write lets 3000000 through and max_decoded of 256MiB holds 2396745 at most, write less, or raise that
            per_edge: {samples_per_second: 100}   | per_edge.samples_per_second: a burst of 1000 can never hold the 2000 samples of a sender's usual write, write a burst of 2000 or more
            {max_samples_per_write: 30000, per_edge: {samples_per_second: 2000}} | per_edge.samples_per_second: a burst of 20000 can never hold the 30000 samples that max_samples_per_write lets through, write a burst of 30000 or more
            edges: {cluster-02-edge: {max_connections: 9}} | edges.cluster-02-edge.max_connections: 9 is less than the 50 connections that one agent may have, write 50 for each agent of an edge or more
            edges: {cluster-99-edge: {weight: 5}} | edges.cluster-99-edge: no edge of tenant default-tenant is called so, so it has no effect: write the name of one, or remove it
            """)
    void each_is_told_where_it_is_written(String line, String message) throws IOException {
        assertThat(new ConfigFixture(folder)
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
            {max_decoded: none, max_exemplars_per_write: 900000000, max_exemplars_per_series: 900000000}
            {max_exemplars_per_write: none, max_exemplars_per_series: none, max_metadata_per_write: none}
            {max_decoded: 8MiB, max_samples_per_write: 262144}
            """)
    void what_can_work_is_not_told(String line) throws IOException {
        assertThat(new ConfigFixture(folder).file(FILE, line + "\n").problems()).isEmpty();
    }

    @Test
    void what_a_receiver_holds_of_each_is_as_the_walk_counts_it() {
        int growth = DecodedSize.GROWTH;
        assertThat(PolicyConsistency.DECODED)
                .containsEntry(Limit.MAX_SERIES_PER_WRITE, growth * (DecodedSize.SERIES + DecodedSize.LABEL))
                .containsEntry(Limit.MAX_SAMPLES_PER_WRITE, growth * DecodedSize.SAMPLE)
                .containsEntry(Limit.MAX_EXEMPLARS_PER_WRITE, growth * DecodedSize.EXEMPLAR)
                .containsEntry(Limit.MAX_EXEMPLARS_PER_SERIES, growth * DecodedSize.EXEMPLAR)
                .containsEntry(Limit.MAX_METADATA_PER_WRITE, growth * DecodedSize.METADATA)
                .containsEntry(Limit.MAX_HISTOGRAM_BUCKETS, growth * DecodedSize.NUMBER)
                .containsEntry(Limit.MAX_HISTOGRAM_SPANS, growth * DecodedSize.SPAN)
                .hasSize(7);
    }

    @Test
    void what_the_defaults_cause_is_told_of_them_only() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .file("limits/_default.yaml", "samples_per_second: 100\nmax_connections: 5\n")
                        .file(FILE, "weight: 5\nper_edge: {weight: 6}\nsamples_per_second: {on_limit: drop}\n")
                        .problems())
                .hasSize(2)
                .allMatch(problem -> problem.startsWith("limits/_default.yaml"));
    }

    @Test
    void what_a_tenant_makes_of_the_defaults_is_told_of_the_tenant() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .file("limits/_default.yaml", "samples_per_second: 1000\n")
                        .file(FILE, "\nmax_samples_per_write: 20000\n")
                        .problems())
                .containsExactly(
                        FILE
                                + ":2: warning: max_samples_per_write: a burst of 10000 can never hold the 20000 samples that max_samples_per_write lets through, write a burst of 20000 or more");
    }

    @Test
    void a_file_of_a_tenant_that_no_edge_has_is_for_nobody() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .file("limits/default-tenat.yaml", "weight: 5\n")
                        .problems())
                .containsExactly(
                        "limits/default-tenat.yaml: warning: no edge has the tenant default-tenat, so it has no effect: name the file after a tenant, or remove it");
    }

    @Test
    void an_edge_of_nobody_in_the_defaults_is_told() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .file("limits/_default.yaml", "edges: {cluster-02-edge: {weight: 5}, nobody: {weight: 6}}\n")
                        .problems())
                .containsExactly(
                        "limits/_default.yaml:1: warning: edges.nobody: no edge is called so, so it has no effect: write the name of one, or remove it");
    }

    @Test
    void what_a_template_may_make_is_not_told() throws IOException {
        ConfigFixture trial = new ConfigFixture(folder)
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
