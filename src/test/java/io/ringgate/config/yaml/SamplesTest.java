package io.ringgate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.Problem;
import io.ringgate.config.Strictness;
import io.ringgate.edge.TenantId;
import io.ringgate.reject.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in config/ are what an operator starts from. */
class SamplesTest {

    private static final Path SAMPLE = Path.of("config/ringgate.yaml");

    @TempDir
    Path folder;

    @Test
    void they_pass_a_check_with_warnings_about_absent_certificates_only() {
        LoadResult loaded = new ConfigLoader(SAMPLE, Strictness.LENIENT, _ -> null).load();

        assertThat(loaded.config()).isNotNull();
        assertThat(loaded.problems().list())
                .extracting(Problem::message)
                .allMatch(m -> m.startsWith("certs/out/") && m.contains(" does not exist, "));
    }

    @Test
    void their_values_are_the_defaults_they_claim_to_be() throws IOException {
        GatewaySettings sample = settings();
        GatewaySettings defaults = new ConfigFixture(folder).taken();

        assertThat(sample)
                .usingRecursiveComparison()
                .ignoringFields("listeners", "memoryBudget", "receivers.source", "files", "stamp.tenantLabelWritten")
                .isEqualTo(defaults);
        assertThat(sample.memoryBudget()).isEqualTo(OptionalLong.of(256L << 20));
    }

    @Test
    void the_policy_of_all_tenants_has_every_key() throws IOException {
        String sample = Files.readString(SAMPLE.resolveSibling("limits/_default.yaml"));

        for (Limit limit : Limit.values()) {
            if (limit != Limit.SAMPLES_LIMIT) {
                assertThat(sample).containsPattern("(?m)^ *" + limit.key().replace("max_body.", "") + ":");
            }
        }
        assertThat(sample).contains("\non_limit: ", "\nobserve: ", "\ndelay_status: ", "\nweight: ", "\nper_edge:");
    }

    @Test
    void the_policy_of_a_tenant_inherits_from_that_of_all() {
        Policies policies = load().policies();
        Policy tenant = policies.of(new TenantId("default-tenant")).tenant();

        assertThat(tenant.mostOf(Limit.SAMPLES_PER_SECOND)).isEqualTo(400_000);
        assertThat(tenant.burstOf(Limit.SAMPLES_PER_SECOND)).isEqualTo(2_000_000);
        assertThat(tenant.mostOf(Limit.MAX_SERIES_PER_WRITE)).isEqualTo(30_000);
        assertThat(tenant.mostOf(Limit.MAX_SAMPLES_PER_WRITE)).isEqualTo(20_000);
        assertThat(tenant.mostOf(Limit.MAX_SAMPLE_AGE)).isEqualTo(Policy.NO_LIMIT);
    }

    @Test
    void every_user_of_the_edges_is_in_htpasswd() throws IOException {
        LoadResult loaded = new ConfigLoader(SAMPLE, Strictness.LENIENT, _ -> null).load();

        assertThat(Files.readAllLines(settings().files().htpasswd()).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.substring(0, line.indexOf(':'))))
                .containsExactlyElementsOf(loaded.basicUsers().keySet());
    }

    private static GatewaySettings settings() {
        return load().settings();
    }

    private static GatewayConfig load() {
        LoadResult loaded = new ConfigLoader(SAMPLE, Strictness.LENIENT, _ -> null).load();
        return Objects.requireNonNull(loaded.config());
    }
}
