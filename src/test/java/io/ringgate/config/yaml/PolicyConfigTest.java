package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.OnLimit;
import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.Strictness;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.limits.Rate;
import io.ringgate.reject.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The folder of policy files, and what stands in one. */
class PolicyConfigTest {

    private static final TenantId TENANT = new TenantId("default-tenant");

    @TempDir
    Path folder;

    private Policy taken(String yaml) throws IOException {
        return new ConfigFixture(folder)
                .file("limits/default-tenant.yaml", yaml)
                .takenPolicies()
                .of(TENANT)
                .tenant();
    }

    @Test
    void without_a_folder_nothing_is_limited() throws IOException {
        assertThat(new ConfigFixture(folder).takenPolicies()).isEqualTo(Policies.NONE);
    }

    @Test
    void a_folder_that_is_named_must_be_there() throws IOException {
        ConfigFixture trial = new ConfigFixture(folder).with("files: {limits: policies}\n");

        assertThat(trial.problems())
                .containsExactly(
                        "ringgate.yaml:3: files.limits: policies does not exist, make it, or leave the key out");
        assertThat(trial.load(Strictness.LENIENT).config()).isNotNull();
        assertThat(trial.file("policies", "").problems())
                .contains("ringgate.yaml:3: files.limits: policies is a file, name a folder");
    }

    @Test
    void every_key_is_taken() throws IOException {
        TenantPolicy full = new ConfigFixture(folder)
                .file("limits/default-tenant.yaml", FullConfig.POLICY)
                .policiesDespiteWarnings()
                .of(TENANT);
        Policy tenant = full.tenant();

        for (Policy policy : new Policy[] {tenant, full.perEdge(), full.ofEdge(new EdgeName("cluster-02-edge"))}) {
            assertThat(policy.most()).hasSize(Limit.values().length - 1).doesNotContainKey(Limit.SAMPLES_LIMIT);
            assertThat(policy.most().values()).doesNotHaveDuplicates();
            assertThat(policy.bursts().values()).hasSize(3).doesNotHaveDuplicates();
            assertThat(policy.observes()).isTrue();
            assertThat(policy.delayStatusOrDefault()).isEqualTo(429);
        }
        assertThat(tenant.mostOf(Limit.BYTES_PER_SECOND)).isEqualTo(1 << 20);
        assertThat(tenant.mostOf(Limit.MAX_UNPACKED)).isEqualTo(4 << 20);
        assertThat(tenant.mostOf(Limit.MAX_SAMPLE_AGE)).isEqualTo(7_200_000);
        assertThat(tenant.weightOrDefault()).isEqualTo(200);
    }

    @Test
    void a_rate_may_be_a_number_alone() throws IOException {
        Policy policy = taken("samples_per_second: 5000\n");

        assertThat(policy.mostOf(Limit.SAMPLES_PER_SECOND)).isEqualTo(5_000);
        assertThat(policy.burstOf(Limit.SAMPLES_PER_SECOND)).isEqualTo(50_000);
        assertThat(policy.onLimitOf(Limit.SAMPLES_PER_SECOND)).isEqualTo(OnLimit.DELAY);
    }

    @Test
    void the_largest_rate_has_a_burst_that_can_be_counted() throws IOException {
        assertThat(Policy.MOST_RATE).isEqualTo(Rate.MOST);
        assertThat(taken("bytes_per_second: 8GiB\n").burstOf(Limit.BYTES_PER_SECOND))
                .isEqualTo(Rate.MOST);
    }

    @Test
    void what_is_said_of_all_rates_holds_for_those_that_do_not_say_it() throws IOException {
        Policy policy = taken("on_limit: drop\nrequests_per_second: {rate: 5, on_limit: delay}\n");

        assertThat(policy.onLimitOf(Limit.REQUESTS_PER_SECOND)).isEqualTo(OnLimit.DELAY);
        assertThat(policy.onLimitOf(Limit.SAMPLES_PER_SECOND)).isEqualTo(OnLimit.DROP);
    }

    @Test
    void rate_burst_and_what_then_are_inherited_each_by_itself() throws IOException {
        Policy policy = new ConfigFixture(folder)
                .file("limits/_default.yaml", "requests_per_second: {rate: 10, burst: 30, on_limit: drop}\n")
                .file("limits/default-tenant.yaml", "requests_per_second: {burst: 40}\n")
                .takenPolicies()
                .of(TENANT)
                .tenant();

        assertThat(policy.mostOf(Limit.REQUESTS_PER_SECOND)).isEqualTo(10);
        assertThat(policy.burstOf(Limit.REQUESTS_PER_SECOND)).isEqualTo(40);
        assertThat(policy.onLimitOf(Limit.REQUESTS_PER_SECOND)).isEqualTo(OnLimit.DROP);
    }

    @Test
    void none_lifts_what_is_inherited() throws IOException {
        Policy policy = new ConfigFixture(folder)
                .file("limits/_default.yaml", "requests_per_second: 10\nmax_sample_age: 1h\n")
                .file("limits/default-tenant.yaml", "requests_per_second: none\nmax_sample_age: none\n")
                .takenPolicies()
                .of(TENANT)
                .tenant();

        assertThat(policy.mostOf(Limit.REQUESTS_PER_SECOND)).isEqualTo(Policy.NO_LIMIT);
        assertThat(policy.mostOf(Limit.MAX_SAMPLE_AGE)).isEqualTo(Policy.NO_LIMIT);
    }

    @Test
    void an_empty_file_says_nothing() throws IOException {
        assertThat(taken("# later\n")).isEqualTo(Policy.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            requests_per_second: 0                | requests_per_second: 0 would let nothing in, write none for no limit, or a number
            requests_per_second: fast             | requests_per_second: fast is not a number of requests, write a number from 1 to 8589934592, or none for no limit
            requests_per_second: -1               | requests_per_second: -1 is not a number of requests, write a number from 1 to 8589934592, or none for no limit
            requests_per_second: [5]              | requests_per_second: is a list, write one value
            requests_per_second:                  | requests_per_second: has no value, write one or leave the key out
            requests_per_second: {rate: 5, brust: 6} | requests_per_second.brust: unknown key `brust`, known here: rate, burst, on_limit
            requests_per_second: {burst: none}    | requests_per_second.burst: none is not a number of requests, write a number from 1 to 8589934592
            requests_per_second: {on_limit: 503}  | requests_per_second.on_limit: 503 is not known here, write delay or drop
            samples_per_second: 9000000000        | samples_per_second: 9000000000 is not a number of samples, write a number from 1 to 8589934592, or none for no limit
            bytes_per_second: 5MB                 | bytes_per_second: 5MB is not in a form we read, write 5MiB, or none for no limit
            bytes_per_second: 0MiB                | bytes_per_second: 0MiB would let nothing in, write none for no limit, or a number
            bytes_per_second: 9GiB                | bytes_per_second: 9GiB is too large, write 8GiB or less, or none for no limit
            max_body: {packed: 2GiB}              | max_body.packed: 2GiB is too large, write 1GiB or less, or none for no limit
            max_body: 16MiB                       | max_body: is text, write keys under it
            max_body: {size: 16MiB}               | max_body.size: unknown key `size`, known here: packed, unpacked
            max_concurrent_writes: 1000001        | max_concurrent_writes: 1000001 is not a number of writes, write a number from 1 to 1000000, or none for no limit
            max_label_value_length: 17MiB         | max_label_value_length: 17MiB is too large, write 16MiB or less, or none for no limit
            max_exemplars_per_series: 0           | max_exemplars_per_series: 0 would let nothing in, write none for no limit, or a number
            max_exemplars_per_write: many         | max_exemplars_per_write: many is not a number of exemplars, write a number from 1 to 1000000000, or none for no limit
            max_metadata_per_write: -5            | max_metadata_per_write: -5 is not a number of metadata entries, write a number from 1 to 1000000000, or none for no limit
            max_histogram_buckets: 1e3            | max_histogram_buckets: 1e3 is not a number of buckets, write a number from 1 to 1000000000, or none for no limit
            max_histogram_spans: 2GiB             | max_histogram_spans: 2GiB is not a number of spans, write a number from 1 to 1000000000, or none for no limit
            max_decoded: 65GiB                    | max_decoded: 65GiB is too large, write 64GiB or less, or none for no limit
            max_decoded: 256MB                    | max_decoded: 256MB is not in a form we read, write 256MiB, or none for no limit
            max_sample_age: 3600                  | max_sample_age: 3600 has no unit, write 3600s for seconds, or none for no limit
            max_sample_future: 0s                 | max_sample_future: 0s would let nothing in, write none for no limit, or a number
            max_sample_age: 500ms                 | max_sample_age: 500ms is too short, write 1s or more, or none for no limit
            on_limit: refuse                      | on_limit: refuse is not known here, write delay or drop
            observe: yes                          | observe: yes is neither true nor false, write one of the two
            delay_status: 500                     | delay_status: 500 is not known here, write 503 or 429
            weight: 0                             | weight: 0 is not a weight, write a number from 1 to 10000
            samples_limit: 5                      | samples_limit: unknown key `samples_limit`, known here: on_limit, requests_per_second, samples_per_second, bytes_per_second, max_body, max_concurrent_writes, max_connections, max_series_per_write, max_samples_per_write, max_exemplars_per_write, max_metadata_per_write, max_decoded, max_labels_per_series, max_label_name_length, max_label_value_length, max_exemplars_per_series, max_histogram_buckets, max_histogram_spans, max_sample_age, max_sample_future, observe, delay_status, weight, per_edge, edges
            per_edge: {wieght: 5}                 | per_edge.wieght: unknown key `wieght`, did you mean `weight`?
            per_edge: {edges: {}}                 | per_edge.edges: unknown key `edges`, known here: on_limit, requests_per_second, samples_per_second, bytes_per_second, max_body, max_concurrent_writes, max_connections, max_series_per_write, max_samples_per_write, max_exemplars_per_write, max_metadata_per_write, max_decoded, max_labels_per_series, max_label_name_length, max_label_value_length, max_exemplars_per_series, max_histogram_buckets, max_histogram_spans, max_sample_age, max_sample_future, observe, delay_status, weight
            edges: {cluster-02-edge: {weight: no}} | edges.cluster-02-edge.weight: no is not a weight, write a number from 1 to 10000
            edges: {"a b": {weight: 5}}           | edges.a b: is not an edge name, write 1 to 128 letters, digits, '_', '.' or '-', beginning with a letter or digit
            """)
    void bad_values(String line, String message) throws IOException {
        assertThat(new ConfigFixture(folder)
                        .file("limits/default-tenant.yaml", line + "\n")
                        .problems())
                .containsExactly("limits/default-tenant.yaml:1: " + message);
    }

    @Test
    void problems_of_all_files_are_told_at_once() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .edges("edges: [{name: a, tenant: x}, {name: b, tenant: y}]\n")
                        .file("limits/y.yaml", "weight: 0\n")
                        .file("limits/x.yaml", "weight: 0\n")
                        .file("limits/_default.yaml", "\nweight: 0\n")
                        .problems())
                .filteredOn(problem -> problem.startsWith("limits"))
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactly("limits/_default.yaml:2", "limits/x.yaml:1", "limits/y.yaml:1");
    }

    @Test
    void what_is_no_policy_file_is_told_with_the_name_it_would_need() throws IOException {
        ConfigFixture trial = new ConfigFixture(folder)
                .edges("edges: [{name: a, tenant: team-a, credentials: [{basic: {user: a}}]}]\n")
                .file("limits/team-a.yaml", "")
                .file("limits/team-a.yml", "")
                .file("limits/_team.yaml", "")
                .file("limits/.hidden.yaml", "")
                .file("limits/..data/team-a.yaml", "")
                .file("limits/team-b.yaml/team-c.yaml", "");

        assertThat(trial.problems())
                .containsExactly(
                        "limits/_team.yaml: warning: is not read, it would have to be called _default.yaml, or TENANT.yaml"
                                + " where a tenant is 1 to 128 letters, digits, '_', '.' or '-', beginning with a letter or digit",
                        "limits/team-a.yml: warning: is not read, it would have to be called team-a.yaml",
                        "limits/team-b.yaml: warning: is not read, it would have to be a file");
    }

    @Test
    void names_that_differ_by_case_are_different_tenants() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .file("limits/Default-Tenant.yaml", "weight: 5")
                        .file("limits/default-tenant.yaml", "weight: 6")
                        .policiesDespiteWarnings()
                        .of(TENANT)
                        .tenant()
                        .weightOrDefault())
                .isEqualTo(6);
    }

    @Test
    void a_link_as_a_config_map_mounts_it_is_a_file() throws IOException {
        ConfigFixture trial = new ConfigFixture(folder).file("limits/..v1/default-tenant.yaml", "weight: 7");
        Files.createSymbolicLink(folder.resolve("limits/..data"), Path.of("..v1"));
        Files.createSymbolicLink(
                folder.resolve("limits/default-tenant.yaml"), Path.of("..data", "default-tenant.yaml"));

        assertThat(trial.takenPolicies().of(TENANT).tenant().weightOrDefault()).isEqualTo(7);
    }

    @Test
    void a_link_that_leads_nowhere_is_an_error() throws IOException {
        ConfigFixture trial = new ConfigFixture(folder).file("limits/.x", "");
        Files.createSymbolicLink(folder.resolve("limits/default-tenant.yaml"), Path.of("gone"));

        assertThat(trial.problems())
                .containsExactly("limits/default-tenant.yaml: does not exist, write it or name another file");
    }
}
