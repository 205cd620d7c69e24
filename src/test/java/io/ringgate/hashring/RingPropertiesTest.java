package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for every ring, recorded or not. */
class RingPropertiesTest {

    private static final int RINGS = 60;
    private static final int SERIES = 200;

    /** Straight from the description: no table, no slices, every choice from the beginning. */
    private static List<Endpoint> plainly(List<Endpoint> endpoints, int replicationFactor, long hash) {
        record Section(long hash, Endpoint owner) {}
        List<Section> circle = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            for (int i = 1; i <= 1000; i++) {
                byte[] text = (endpoint.address() + ":" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                circle.add(new Section(XxHash64.hash(text, 0, text.length), endpoint));
            }
        }
        circle.sort((a, b) -> Long.compareUnsigned(a.hash(), b.hash()));
        int at = 0;
        while (at < circle.size() && Long.compareUnsigned(circle.get(at).hash(), hash) < 0) {
            at++;
        }
        Map<String, Integer> counts = new HashMap<>();
        endpoints.forEach(endpoint -> counts.put(endpoint.zone(), 0));
        List<Endpoint> chosen = new ArrayList<>();
        for (; chosen.size() < replicationFactor; at++) {
            Endpoint owner = circle.get(at % circle.size()).owner();
            if (!chosen.contains(owner) && Objects.equals(counts.get(owner.zone()), Collections.min(counts.values()))) {
                chosen.add(owner);
                counts.merge(owner.zone(), 1, Integer::sum);
            }
        }
        return chosen;
    }

    @Test
    void the_table_says_what_the_description_says() throws Exception {
        for (int seed = 0; seed < RINGS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Endpoint> endpoints = endpoints(random, 1 + random.nextInt(12), random.nextInt(4));
            int factor = 1 + random.nextInt((int) most(endpoints));
            Placement placement = placement(endpoints, null, factor);
            for (int i = 0; i < 3; i++) {
                long hash = i == 0 ? -1 : i == 1 ? 0 : random.nextLong();
                assertThat(placement.replicas("t", hash))
                        .as("seed %d, hash %d", seed, hash)
                        .isEqualTo(plainly(endpoints, factor, hash));
            }
        }
    }

    @Test
    void the_order_of_endpoints_changes_nothing_and_replicas_are_distinct() throws Exception {
        for (int seed = 0; seed < RINGS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Endpoint> endpoints = endpoints(random, 6 + random.nextInt(20), random.nextInt(4));
            int factor = 1 + random.nextInt((int) Math.min(5, most(endpoints)));
            List<Endpoint> shuffled = new ArrayList<>(endpoints);
            Collections.shuffle(shuffled, new Random(seed));
            ShuffleSharding sharding = random.nextBoolean() ? null : new ShuffleSharding(6, 1, true, List.of());
            Placement one = placement(endpoints, sharding, factor);
            Placement other = placement(shuffled, sharding, factor);
            for (int i = 0; i < SERIES; i++) {
                long hash = random.nextLong();
                String tenant = "tenant-" + i % 7;
                List<Endpoint> replicas = replicas(one, tenant, hash);
                assertThat(replicas).as("seed %d", seed).isEqualTo(replicas(other, tenant, hash));
                assertThat(replicas).as("seed %d", seed).doesNotHaveDuplicates();
            }
        }
    }

    /** None for shards of zones so uneven that they cannot be. */
    private static List<Endpoint> replicas(Placement placement, String tenant, long hash) {
        try {
            return placement.replicas(tenant, hash);
        } catch (PlacementFailure none) {
            return List.of();
        }
    }

    /** A shard is looked up on the whole circle; a ring of its own endpoints alone gives the same. */
    @Test
    void a_shard_is_the_ring_of_its_endpoints() throws Exception {
        for (int seed = 0; seed < RINGS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Endpoint> endpoints = endpoints(random, 12 + random.nextInt(20), 3);
            Placement placement = placement(endpoints, new ShuffleSharding(6, 100, false, List.of()), 3);
            Ring shard = placement.ring("tenant-" + seed);
            boolean[] seen = new boolean[endpoints.size()];
            int[] found = new int[3];
            for (int i = 0; i < 5_000; i++) {
                shard.replicas(random.nextLong(), found);
                Arrays.stream(found).forEach(endpoint -> seen[endpoint] = true);
            }
            List<Endpoint> members = IntStream.range(0, seen.length)
                    .filter(i -> seen[i])
                    .mapToObj(endpoints::get)
                    .toList();
            assertThat(members).as("seed %d", seed).hasSize(6);
            Placement alone = placement(members, null, 3);
            for (int i = 0; i < SERIES; i++) {
                long hash = random.nextLong();
                assertThat(placement.replicas("tenant-" + seed, hash))
                        .as("seed %d", seed)
                        .isEqualTo(alone.replicas("t", hash));
            }
        }
    }

    @Test
    void every_endpoint_of_an_even_ring_gets_about_its_share() throws Exception {
        List<Endpoint> endpoints = endpoints(new SplittableRandom(1), 30, 3);
        Ring ring = placement(endpoints, null, 3).ring("t");
        int[] counts = new int[30];
        int[] found = new int[3];
        for (long i = 0; i < 300_000; i++) {
            ring.replicas(i * 0x9E3779B97F4A7C15L, found);
            Arrays.stream(found).forEach(endpoint -> counts[endpoint]++);
        }
        assertThat(Arrays.stream(counts).boxed()).allMatch(count -> count > 30_000 * 0.85 && count < 30_000 * 1.15);
    }

    @ParameterizedTest
    @CsvSource({"1-3, 3", "1-1-3, 4", "1-0-3, 3", "2-2, 4", "5, 5", "1-5, 3", "1-2-4, 5", "1-1-1, 3"})
    void the_most_replicas_are_known_and_one_more_is_refused(String sizes, int most) throws Exception {
        List<Endpoint> endpoints = new ArrayList<>();
        int zone = 0;
        for (String size : sizes.split("-", -1)) {
            for (int i = 0; i < Integer.parseInt(size); i++) {
                endpoints.add(new Endpoint("r-" + zone + "-" + i, "", "z" + zone));
            }
            zone++;
        }

        assertThat(placement(endpoints, null, most).replicas("t", 7)).hasSize(most);
        assertThatThrownBy(() -> placement(endpoints, null, most + 1)).isInstanceOf(InvalidRing.class);
    }

    private static Placement placement(
            List<Endpoint> endpoints, @Nullable ShuffleSharding sharding, int replicationFactor) throws InvalidRing {
        Hashring ring = new Hashring("", TenantMatcher.NONE, endpoints, "", Map.of(), sharding);
        return Placement.of(List.of(ring), Algorithm.KETAMA, replicationFactor);
    }

    private static List<Endpoint> endpoints(SplittableRandom random, int count, int zones) {
        String name = Long.toString(random.nextLong(1L << 40), 36);
        return IntStream.range(0, count)
                .mapToObj(i -> new Endpoint(name + "-" + i + ":10901", "", zones == 0 ? "" : "z" + i % zones))
                .toList();
    }

    private static long most(List<Endpoint> endpoints) {
        boolean[] all = new boolean[endpoints.size()];
        Arrays.fill(all, true);
        return Zones.mostReplicas(Zones.sizes(Zones.of(endpoints), all));
    }
}
