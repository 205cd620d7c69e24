package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlacementTest {

    static List<String> recordedRings() {
        return Vectors.rings();
    }

    @ParameterizedTest
    @MethodSource("recordedRings")
    void every_series_lies_where_thanos_puts_it(String name) {
        JsonNode recorded = Vectors.read(name);
        Placement placement;
        try {
            placement = placement(recorded);
        } catch (HashringFileFault | InvalidRing refused) {
            assertThat(refused).hasMessage(recorded.path("config_error").asText("accepted by Thanos"));
            return;
        }
        assertThat(recorded.has("config_error")).as("refused by Thanos").isFalse();
        for (JsonNode one : recorded.get("cases")) {
            assertThat(answer(placement, one)).as("%s", one).isEqualTo(expected(one));
        }
    }

    private static Placement placement(JsonNode recorded) throws HashringFileFault, InvalidRing {
        byte[] json = recorded.get("hashrings").toString().getBytes(StandardCharsets.UTF_8);
        Algorithm algorithm =
                recorded.get("algorithm").textValue().equals("ketama") ? Algorithm.KETAMA : Algorithm.HASHMOD;
        return Placement.of(
                HashringFile.read(json).rings(),
                algorithm,
                recorded.get("replication_factor").intValue());
    }

    private static List<String> expected(JsonNode one) {
        if (one.has("error")) {
            return List.of("error", one.get("error").textValue());
        }
        return one.get("replicas")
                .valueStream()
                .map(replica -> replica.get("address").textValue())
                .toList();
    }

    private static List<String> answer(Placement placement, JsonNode one) {
        try {
            String tenant = one.get("tenant").textValue();
            return placement.replicas(tenant, SeriesHashTest.hash(tenant, one.get("labels"))).stream()
                    .map(Endpoint::address)
                    .toList();
        } catch (PlacementFailure none) {
            return List.of("error", none.message());
        }
    }
}
