package io.ringgate.hashring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RingChangeTest {

    private static Hashring ring(String name, String... addresses) {
        List<Endpoint> endpoints = Stream.of(addresses)
                .map(address -> Endpoint.of(address, "", ""))
                .toList();
        return new Hashring(name, TenantMatcher.NONE, endpoints, "", Map.of(), null);
    }

    @Test
    void what_goes_and_what_comes_is_told_for_each_ring() {
        List<RingChange> changes = RingChange.between(
                List.of(ring("a", "1", "2", "3"), ring("b", "4")), List.of(ring("b", "4", "5"), ring("a", "1", "2")));

        assertThat(changes)
                .containsExactly(
                        new RingChange(0, 1, 3, List.of("3"), List.of()),
                        new RingChange(1, 0, 1, List.of(), List.of("5")));
    }

    @Test
    void half_may_go_and_more_may_not() {
        List<Hashring> four = List.of(ring("", "1", "2", "3", "4"));

        assertThat(RingChange.between(four, List.of(ring("", "1", "2")))
                        .getFirst()
                        .removesMoreThanHalf())
                .isFalse();
        assertThat(RingChange.between(four, List.of(ring("", "1", "5", "6", "7", "8")))
                        .getFirst()
                        .removesMoreThanHalf())
                .isTrue();
    }

    @Test
    void a_ring_that_was_only_renamed_loses_nothing() {
        List<RingChange> changes = RingChange.between(List.of(ring("a", "1", "2")), List.of(ring("b", "1", "2")));

        assertThat(changes)
                .containsExactly(
                        new RingChange(0, -1, 2, List.of(), List.of()),
                        new RingChange(-1, 0, 0, List.of(), List.of("1", "2")));
    }

    @Test
    void a_ring_that_is_gone_with_its_endpoints_removes_all_of_them() {
        List<RingChange> changes = RingChange.between(List.of(ring("a", "1"), ring("b", "2")), List.of(ring("a", "1")));

        assertThat(changes.get(1).removesMoreThanHalf()).isTrue();
    }

    @Test
    void what_can_never_work_is_told_for_every_ring() {
        List<Hashring> rings = List.of(ring("a", "1"), ring("b", "1", "2"), ring("c"));

        assertThat(RingFaults.of(rings, Algorithm.HASHMOD, 2))
                .containsExactly(
                        new RingFaults.RingFault(0, "has 1 endpoints, fewer than the replication factor 2"),
                        new RingFaults.RingFault(2, "has 0 endpoints, fewer than the replication factor 2"));
        assertThat(RingFaults.of(List.of(), Algorithm.KETAMA, 1))
                .containsExactly(new RingFaults.RingFault(-1, "has no ring, write at least one"));
        assertThat(RingFaults.of(rings.subList(1, 2), Algorithm.KETAMA, 2)).isEmpty();
    }
}
