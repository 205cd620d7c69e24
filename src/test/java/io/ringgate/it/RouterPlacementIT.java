package io.ringgate.it;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RinggateProcess;
import io.ringgate.testing.StoredSamples;
import io.ringgate.testing.ThanosProgram;
import io.ringgate.testing.ThanosRouters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real routers store every series where {@code ringgate ring place} says, and nowhere else. Both read one file. */
@Tag("thanos")
class RouterPlacementIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SERIES_OF_A_TENANT = 30;

    /** Rings over some of the receivers. */
    private static final String RINGS = """
            {"hashring": "exact", "tenants": ["team-a", "team b"], "tenant_matcher_type": "exact",
             "external_labels": {"region": "seoul"}, "endpoints": ["RECEIVER-1", "RECEIVER-0"]},
            {"hashring": "always-hashmod", "tenants": ["shop-*"], "tenant_matcher_type": "glob", "algorithm": "hashmod",
             "endpoints": [{"address": "RECEIVER-2"}, {"address": "RECEIVER-1", "capnproto_address": "elsewhere:1"}]},
            {"hashring": "always-ketama", "tenants": ["zoned"], "algorithm": "ketama",
             "endpoints": [{"address": "RECEIVER-0", "az": "x"}, {"address": "RECEIVER-2", "az": "y"}]},
            """;

    /** Shards: one receiver of each zone; any one, but all three for a tenant that is large. */
    private static final String SHARDS = """
            {"hashring": "zones", "tenants": ["cell-*"], "tenant_matcher_type": "glob", "algorithm": "ketama",
             "endpoints": [{"address": "RECEIVER-0", "az": "x"}, {"address": "RECEIVER-1", "az": "y"},
               {"address": "RECEIVER-2", "az": "y"}],
             "shuffle_sharding_config": {"shard_size": 2}},
            {"hashring": "one", "tenants": ["?-cell"], "tenant_matcher_type": "glob", "algorithm": "ketama",
             "endpoints": ["RECEIVER-0", "RECEIVER-1", "RECEIVER-2"],
             "shuffle_sharding_config": {"shard_size": 1,
               "overrides": [{"shard_size": 3, "tenants": ["z-cell"], "tenant_matcher_type": "exact"}]}},
            """;

    private static final String DEFAULT_RING = """
            {"hashring": "default", "endpoints": ["RECEIVER-2", {"address": "RECEIVER-0"}, "RECEIVER-1"]}
            """;

    /** The cells have shards where there are any, else the default ring. */
    private static final List<String> TENANTS = Stream.concat(
                    Stream.of("team-a", "team b", "Team-a", "shop-", "shop-eu.1", "zoned", "nobodys", "z-cell"),
                    Stream.of("a", "b", "c", "d", "e", "f").flatMap(cell -> Stream.of("cell-" + cell, cell + "-cell")))
            .toList();

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    @Test
    void in_the_fields_version() throws Exception {
        everySeriesLiesWhereTheCommandSays(ThanosProgram.V0_37_2, RINGS + DEFAULT_RING);
    }

    /** 0.37.2 knows no shards. */
    @Test
    void in_the_next_version_also_on_shards() throws Exception {
        everySeriesLiesWhereTheCommandSays(ThanosProgram.V0_42_4, RINGS + SHARDS + DEFAULT_RING);
    }

    private void everySeriesLiesWhereTheCommandSays(ThanosProgram version, String rings) throws Exception {
        ThanosRouters thanos = rig.with(new ThanosRouters(rig.folder(), version, "[" + rings + "]"));
        thanos.start();
        Set<Map<String, String>> expected = new HashSet<>();
        for (String algorithm : ThanosRouters.ALGORITHMS) {
            List<RoutedSeries> series = series(algorithm);
            List<String> places = places(thanos.hashrings(), algorithm, series);
            for (int i = 0; i < series.size(); i++) {
                expected.add(series.get(i).storedBy(thanos.receiver(places.get(i))));
            }
            write(thanos, series);
        }

        Set<Map<String, String>> stored =
                StoredSamples.seenBy(thanos.stored()).series("{through=~\".+\"}", expected.size());

        assertThat(stored.stream()
                        .filter(found -> !expected.contains(found))
                        .map(RouterPlacementIT::shortly)
                        .sorted())
                .as("series of which the command says something else")
                .isEmpty();
        assertThat(stored.size()).isEqualTo(expected.size());
    }

    private static String shortly(Map<String, String> stored) {
        return "%s %s %s on %s"
                .formatted(
                        stored.get("through"),
                        stored.get("tenant_id"),
                        stored.get("number"),
                        stored.get("receive_replica"));
    }

    private static List<RoutedSeries> series(String algorithm) {
        return TENANTS.stream()
                .flatMap(tenant -> IntStream.range(0, SERIES_OF_A_TENANT)
                        .mapToObj(number -> RoutedSeries.of(algorithm, tenant, number)))
                .toList();
    }

    /** The endpoint of each, as the command answers. */
    private List<String> places(Path hashrings, String algorithm, List<RoutedSeries> series) throws Exception {
        Path lines = Files.writeString(
                rig.folder().resolve(algorithm + ".jsonl"),
                series.stream().map(RoutedSeries::line).collect(joining()));
        List<String> places = new ArrayList<>();
        try (RinggateProcess place = RinggateProcess.reading(
                lines, rig.folder(), "ring", "place", "--hashrings-file=" + hashrings, "--algorithm=" + algorithm)) {
            assertThat(place.exitCode()).as(place.err()).isZero();
            for (String answer : place.out().lines().toList()) {
                JsonNode replicas = JSON.readTree(answer).path("replicas");
                assertThat(replicas).as(answer).hasSize(1);
                places.add(replicas.get(0).textValue());
            }
        }
        assertThat(places).hasSameSizeAs(series);
        return places;
    }

    private static void write(ThanosRouters thanos, List<RoutedSeries> all) {
        long now = System.currentTimeMillis();
        all.stream().collect(groupingBy(RoutedSeries::tenant)).forEach((tenant, series) -> {
            Proto[] messages = series.stream().map(one -> one.message(now)).toArray(Proto[]::new);
            thanos.write(
                    series.getFirst().algorithm(), tenant, Proto.write(messages).packed());
        });
    }
}
