package io.ringgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {

    private static final long MIB = 1 << 20;

    @Test
    void a_quarter_of_the_memory_unless_said_otherwise() throws StartProblem {
        assertThat(MemoryPlan.of(OptionalLong.empty(), 4096 * MIB, 2560 * MIB).budget())
                .isEqualTo(1024 * MIB);
    }

    @Test
    void never_less_than_128_mib_by_itself() throws StartProblem {
        assertThat(MemoryPlan.of(OptionalLong.empty(), 400 * MIB, 256 * MIB).budget())
                .isEqualTo(128 * MIB);
    }

    @Test
    void what_the_operator_says_counts() throws StartProblem {
        assertThat(MemoryPlan.of(OptionalLong.of(10 * MIB), 4096 * MIB, 2560 * MIB)
                        .budget())
                .isEqualTo(10 * MIB);
    }

    @Test
    void a_budget_that_does_not_fit_twice_is_refused_with_what_to_write() {
        assertThatThrownBy(() -> MemoryPlan.of(OptionalLong.of(101 * MIB), 4096 * MIB, 200 * MIB))
                .isInstanceOf(StartProblem.class)
                .hasMessage("memory_budget of 101 MiB does not fit twice into the heap of 200 MiB:"
                        + " set memory_budget to at most 100MiB, or give the process more memory");
    }

    @Test
    void an_eighth_of_the_memory_has_room_for_so_many_connections() throws StartProblem {
        assertThat(MemoryPlan.of(OptionalLong.empty(), 512 * MIB, 320 * MIB).connections())
                .isEqualTo(2_048);
        assertThat(MemoryPlan.of(OptionalLong.empty(), 64 * 1024 * MIB, 40_960 * MIB)
                        .connections())
                .isEqualTo(20_000);
    }
}
