package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HashringTest {

    private static final String NO_RING = "no matching hashring to handle tenant";

    static List<String> recordedRings() {
        return Vectors.rings();
    }

    /** Only which ring takes a tenant: the address that Thanos found has to be one of that ring. */
    @ParameterizedTest
    @MethodSource("recordedRings")
    void every_tenant_gets_the_ring_that_thanos_gives_him(String name) throws HashringFileFault {
        JsonNode recorded = Vectors.read(name);
        byte[] json = recorded.get("hashrings").toString().getBytes(StandardCharsets.UTF_8);
        JsonNode refused = recorded.get("config_error");
        if (refused != null && refused.textValue().equals("endpoint address must be set")) {
            assertThatThrownBy(() -> HashringFile.read(json))
                    .isInstanceOf(HashringFileFault.class)
                    .hasMessage(refused.textValue());
            return;
        }
        List<Hashring> rings = HashringFile.read(json).rings();
        for (JsonNode one : recorded.get("cases")) {
            if (one.has("tenant")) {
                compare(one, rings);
            }
        }
    }

    private static void compare(JsonNode recorded, List<Hashring> rings) {
        String tenant = recorded.get("tenant").textValue();
        String found;
        @Nullable Hashring ring = null;
        try {
            ring = Hashring.of(tenant, rings);
            found = ring == null ? NO_RING : "a ring";
        } catch (MalformedPattern malformed) {
            found = String.valueOf(malformed.getMessage());
        }
        String error = recorded.has("error") ? recorded.get("error").textValue() : "";
        boolean aboutChoice = error.equals(NO_RING) || error.startsWith("error matching");
        assertThat(found).as("%s", recorded).isEqualTo(aboutChoice ? error : "a ring");
        if (recorded.has("replicas")) {
            String address = recorded.get("replicas").get(0).get("address").textValue();
            assertThat(ring).isNotNull();
            assertThat(ring.endpoints())
                    .as("%s", recorded)
                    .extracting(Endpoint::address)
                    .contains(address);
        }
    }

    @Test
    void the_first_ring_that_takes_a_tenant_wins() throws MalformedPattern {
        List<Hashring> rings = List.of(
                ring("exact", "exact", "team-a"),
                ring("glob", "glob", "team-*", "x"),
                ring("unknown", "regex", "x", "y"),
                ring("default", ""));

        assertThat(nameOf("team-a", rings)).isEqualTo("exact");
        assertThat(nameOf("team-b", rings)).isEqualTo("glob");
        assertThat(nameOf("y", rings)).isEqualTo("default");
        assertThat(Hashring.of("y", rings.subList(0, 3))).isNull();
    }

    @Test
    void a_ring_that_names_nobody_is_the_default_whatever_its_comparison() throws MalformedPattern {
        assertThat(nameOf("y", List.of(ring("r", "regex")))).isEqualTo("r");
    }

    @Test
    void a_name_is_compared_letter_by_letter() throws MalformedPattern {
        List<Hashring> rings = List.of(ring("r", "", "Team-*"));

        assertThat(Hashring.of("team-*", rings)).isNull();
        assertThat(Hashring.of("Team-a", rings)).isNull();
        assertThat(nameOf("Team-*", rings)).isEqualTo("r");
    }

    @ParameterizedTest
    @CsvSource({"b,glob", "a,exact"})
    void a_broken_pattern_is_only_met_by_who_comes_past_it(String tenant, String names) throws MalformedPattern {
        List<Hashring> rings = List.of(ring("exact", "", "a"), ring("glob", "glob", "b", "[z-"));

        assertThat(nameOf(tenant, rings)).isEqualTo(names);
        assertThatThrownBy(() -> Hashring.of("c", rings)).isInstanceOf(MalformedPattern.class);
    }

    private static String nameOf(String tenant, List<Hashring> rings) throws MalformedPattern {
        Hashring ring = Hashring.of(tenant, rings);
        assertThat(ring).isNotNull();
        return ring.name();
    }

    private static Hashring ring(String name, String comparison, String... tenants) {
        return new Hashring(
                name,
                new TenantMatcher(comparison, List.of(tenants)),
                List.of(new Endpoint("x:1", "x:19391", "")),
                "",
                Map.of(),
                null);
    }
}
