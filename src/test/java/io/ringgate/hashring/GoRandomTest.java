package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class GoRandomTest {

    private final JsonNode recorded = Vectors.read("rand.json");

    @Test
    void every_seed_draws_what_go_draws() {
        for (JsonNode one : recorded.get("seeds")) {
            assertDraws(one.get("seed").textValue(), one.get("uint64"));
        }
    }

    @Test
    void it_goes_on_as_go_does_past_two_rounds_of_its_words() {
        assertDraws(recorded.at("/long_uint64/seed").textValue(), recorded.at("/long_uint64/values"));
    }

    private static void assertDraws(String seed, JsonNode values) {
        GoRandom random = new GoRandom(Long.parseLong(seed));
        for (JsonNode value : values) {
            assertThat(Long.toUnsignedString(random.next())).as("seed %s", seed).isEqualTo(value.textValue());
        }
    }

    @Test
    void the_seed_of_a_shard_is_that_of_thanos() {
        for (JsonNode one : recorded.get("shard_seeds")) {
            assertThat(Shards.seed(
                            one.get("identifier").textValue(), one.get("zone").textValue()))
                    .as("%s", one)
                    .isEqualTo(Long.parseLong(one.get("seed").textValue()));
        }
    }

    @Test
    void every_zone_gives_as_many_as_in_thanos() {
        for (JsonNode one : recorded.get("expected_per_zone")) {
            assertThat(Math.ceilDiv(
                            one.get("shard_size").longValue(), one.get("zones").intValue()))
                    .as("%s", one)
                    .isEqualTo(one.get("per_zone").longValue());
        }
    }
}
