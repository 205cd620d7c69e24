package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.LoadResult;
import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.Strictness;
import io.ringgate.edge.TenantId;
import io.ringgate.reject.Limit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits file of Thanos in place of policy files. */
class ThanosLimitsTest {

    @TempDir
    Path folder;

    private ConfigFixture trial;

    @BeforeEach
    void settings() throws IOException {
        trial = new ConfigFixture(folder).settings(FullConfig.THANOS_SETTINGS);
    }

    private Policies taken(String yaml) throws IOException {
        LoadResult loaded = trial.file("thanos.yaml", yaml).load();
        assertThat(loaded.problems().hasErrors())
                .as(loaded.problems().toString())
                .isFalse();
        return Objects.requireNonNull(loaded.config()).policies();
    }

    @Test
    void request_limits_mean_what_they_mean_there() throws IOException {
        Policies policies = taken(FullConfig.THANOS);
        Policy everybody = policies.of(new TenantId("other")).tenant();

        assertThat(everybody.mostOf(Limit.MAX_PACKED)).isEqualTo(2_000);
        assertThat(everybody.mostOf(Limit.MAX_UNPACKED)).isEqualTo(2_000);
        assertThat(everybody.mostOf(Limit.MAX_SERIES_PER_WRITE)).isEqualTo(30);
        assertThat(everybody.mostOf(Limit.SAMPLES_LIMIT)).isEqualTo(40);
        assertThat(everybody.mostOf(Limit.MAX_SAMPLES_PER_WRITE)).isEqualTo(Policy.NO_LIMIT);
        assertThat(policies.mostWrites()).isEqualTo(60);
    }

    @Test
    void zero_and_less_lift_a_default() throws IOException {
        Policy tenant =
                taken(FullConfig.THANOS).of(new TenantId("default-tenant")).tenant();

        assertThat(tenant.mostOf(Limit.MAX_PACKED)).isEqualTo(Policy.NO_LIMIT);
        assertThat(tenant.mostOf(Limit.MAX_UNPACKED)).isEqualTo(Policy.NO_LIMIT);
        assertThat(tenant.mostOf(Limit.MAX_SERIES_PER_WRITE)).isEqualTo(Policy.NO_LIMIT);
        assertThat(tenant.mostOf(Limit.SAMPLES_LIMIT)).isEqualTo(400);
    }

    @Test
    void what_a_tenant_leaves_out_is_inherited_key_by_key() throws IOException {
        Policy tenant = taken("""
                        write:
                          default: {request: {series_limit: 30, samples_limit: 40}}
                          tenants: {t: {request: {series_limit: 31}}}
                        """).of(new TenantId("t")).tenant();

        assertThat(tenant.mostOf(Limit.MAX_SERIES_PER_WRITE)).isEqualTo(31);
        assertThat(tenant.mostOf(Limit.SAMPLES_LIMIT)).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``
            write: {}
            write: {global: {max_concurrency: 0}}
            write: {global: {max_concurrency: -1}, tenants: {}}
            write: {default: {head_series_limit: 0}, tenants: {t: {}}}
            """)
    void nothing_limited_is_no_limit(String yaml) throws IOException {
        Policies policies = taken(yaml);

        assertThat(policies.of(new TenantId("t")).tenant()).isEqualTo(Policy.NONE);
        assertThat(policies.mostWrites()).isEqualTo(Policy.NO_LIMIT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            write: {tenants: {t: }}                                | write.tenants.t: has no value, and receivers exit on that: write {} or leave it out
            write: {tenants: {t: {head_series_limit: 5}}}          | write.tenants.t.head_series_limit: is not supported, since active series are not counted: write 0 or leave it out
            write: {default: {head_series_limit: 5}}               | write.default.head_series_limit: is not supported, since active series are not counted: write 0 or leave it out
            write: {default: {request: {serieslimit: 5}}}          | write.default.request.serieslimit: unknown key `serieslimit`, did you mean `series_limit`?
            write: {defaults: {}}                                  | write.defaults: unknown key `defaults`, did you mean `default`?
            reads: {}                                              | reads: unknown key `reads`, known here: write
            write: {default: {request: {series_limit: many}}}      | write.default.request.series_limit: many is not a whole number, write one, or 0 for no limit
            write: {default: {request: {size_bytes_limit: 2147483648}}} | warning: write.default.request.size_bytes_limit: 2GiB is more than a body can be here: 512MiB holds
            write: {global: {max_concurrency: 30}}                 | warning: write.global.max_concurrency: 30 is less than the 50 shards that one agent may open, and more is refused here, where receivers let it wait: write 50 for each agent or more
            write: {global: {meta_monitoring_url: "http://$m"}}    | warning: write.global.meta_monitoring_url: is not used, since active series are not counted
            write: {tenants: {"a/b": {}}}                          | warning: write.tenants.a/b: is not a valid tenant: a tenant is 1 to 128 letters, digits, '_', '.' or '-', beginning with a letter or digit
            """)
    void what_is_odd_is_told(String yaml, String message) throws IOException {
        assertThat(trial.file("thanos.yaml", yaml + "\n").problems()).containsExactly("thanos.yaml:1: " + message);
    }

    @Test
    void a_file_that_is_not_there_is_told() throws IOException {
        assertThat(trial.problems())
                .containsExactly(
                        "ringgate.yaml:3: files.thanos_limits: thanos.yaml does not exist, name the limits file that the receivers read");
        assertThat(trial.load(Strictness.LENIENT).config()).isNotNull();
    }

    @Test
    void limits_are_in_one_place() throws IOException {
        assertThat(new ConfigFixture(folder)
                        .file("limits/.keep", "")
                        .file("thanos.yaml", "")
                        .with("files: {limits: limits, thanos_limits: thanos.yaml}\n")
                        .problems())
                .containsExactly(
                        "ringgate.yaml:3: files.thanos_limits: limits are in a folder already, leave one of the two out");
    }
}
