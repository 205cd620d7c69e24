package io.ringgate.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.jwt.JwtSettings;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.PolicyFile;
import io.ringgate.config.Rings;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.edge.TenantId;
import io.ringgate.metrics.Metrics;
import io.ringgate.reload.unit.PolicyUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The target has two parts, and a change with a policy of tenant two fails between them. */
class FailedSwapTest {

    private static final ConfigLoader SAMPLE =
            new ConfigLoader(Path.of("config/ringgate.yaml"), Strictness.LENIENT, _ -> null);

    private static final TenantId TWO = new TenantId("two");

    @TempDir
    private Path folder;

    private final List<ActiveConfiguration> firstPart = new ArrayList<>();
    private final List<ActiveConfiguration> secondPart = new ArrayList<>();
    private Runnable atFailure = () -> {};
    private ActiveConfiguration first;

    @BeforeEach
    void open() {
        GatewayConfig sample = Objects.requireNonNull(SAMPLE.load().config());
        first = new ActiveConfiguration(
                sample.settings(),
                Rings.NONE,
                new LoadedIdentities(sample.identities(), Htpasswd.empty(), JwtSettings.Files.NONE, null),
                Htpasswd.empty(),
                Map.of(),
                List.of(),
                Map.of(),
                LoadedPolicies.NONE);
        firstPart.add(first);
        secondPart.add(first);
    }

    private void swap(ActiveConfiguration next) {
        firstPart.add(next);
        if (next.policies().tenants().containsKey(TWO)) {
            atFailure.run();
            throw new IllegalStateException("on purpose");
        }
        secondPart.add(next);
    }

    private String reload() {
        List<Unit> units = List.of(policy("one", "weight: 1"), policy("two", "weight: 2"));
        ReloadJournal journal = new ReloadJournal(Metrics.none(), () -> Instant.EPOCH);
        try (Reloader reloader = new Reloader(first, now -> units, (now, next) -> () -> swap(next), journal)) {
            return reloader.reload(Set.of()).join().text();
        }
    }

    private PolicyUnit policy(String tenant, String text) {
        PolicyFile file = PolicyFile.of(new TenantId(tenant), folder);
        write(file.file(), text);
        return new PolicyUnit(SAMPLE, file);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void both_parts_have_what_is_active_and_nothing_of_what_is_refused() {
        assertThat(reload()).contains("one.yaml: applied", "two.yaml: refused");

        assertThat(secondPart.getLast().policies().tenants().keySet())
                .extracting(TenantId::value)
                .containsExactly("one");
        assertThat(firstPart.getLast()).isEqualTo(secondPart.getLast());
    }

    /** The files are read again for each half. */
    @Test
    void nor_of_what_is_gone_when_its_half_is_planned() {
        atFailure = () -> write(PolicyFile.of(new TenantId("one"), folder).file(), "weight: much");

        assertThat(reload()).contains("one.yaml: refused", "two.yaml: refused");

        assertThat(firstPart.getLast()).isEqualTo(first);
    }
}
