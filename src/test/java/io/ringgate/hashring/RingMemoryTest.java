package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What docs/operations/rings.md says of the heap that rings take. Many are kept at once, so that nothing else counts. */
class RingMemoryTest {

    /** As many as are remembered. */
    private static final int TENANTS = 10_000;

    /** Sections 0.30 MB, the index over them 0.26 MB, their replicas 0.18 MB. */
    @Test
    void a_ring_of_thirty_endpoints_takes_three_quarters_of_a_megabyte() throws Exception {
        assertThat(heapOfEach(40, () -> placement(""))).isLessThan(800_000);
    }

    @Test
    void the_shuffle_shards_of_a_thousand_tenants_take_a_fifth_of_a_megabyte_more() throws Exception {
        String sharding = ",\"shuffle_sharding_config\":{\"shard_size\":6}";
        long whole = heapOfEach(4, () -> placement(sharding));

        long withShards = heapOfEach(4, () -> {
            Placement placement = placement(sharding);
            for (int i = 0; i < TENANTS; i++) {
                placement.ring("tenant-" + i);
            }
            return placement;
        });

        assertThat((withShards - whole) / TENANTS).isLessThan(250);
    }

    private static Placement placement(String sharding) throws Exception {
        String endpoints = IntStream.range(0, 30)
                .mapToObj(i -> "{\"address\":\"thanos-receive-" + i
                        + ".thanos-receive.monitoring.svc:10901\",\"az\":\"z" + i % 3 + "\"}")
                .collect(Collectors.joining(","));
        String file = "[{\"endpoints\":[" + endpoints + "]" + sharding + "}]";
        List<Hashring> rings =
                HashringFile.read(file.getBytes(StandardCharsets.UTF_8)).rings();
        return Placement.of(rings, Algorithm.KETAMA, 3);
    }

    private static long heapOfEach(int count, Callable<Object> maker) throws Exception {
        for (int i = 0; i < 3; i++) {
            maker.call();
        }
        Object[] kept = new Object[count];
        long before = used();
        for (int i = 0; i < count; i++) {
            kept[i] = maker.call();
        }
        long used = used() - before;
        assertThat(kept[count - 1]).isNotNull();
        return used / count;
    }

    private static long used() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
