package io.ringgate.app;

import io.ringgate.config.ConnectionLimits;
import java.util.OptionalLong;

/**
 * What the memory of the process is for. What writes hold lies on the heap, so their budget has to fit into it twice: once for
 * what is counted, once for everything else and for what the pool rounds up.
 *
 * @param budget what writes may hold together, in bytes
 * @param connections how many there may be when the operator says nothing
 */
public record MemoryPlan(long budget, int connections) {

    static final long LEAST = 128L << 20;
    private static final int BUDGET_SHARE = 4;
    private static final int CONNECTIONS_SHARE = 8;

    /** An idle TLS connection takes 21 to 33 KB, most of it the engine's and outside of the heap. */
    private static final long CONNECTION_BYTES = 32 << 10;

    /**
     * For what there is.
     *
     * @param budget what the operator asked for
     * @param machine the memory of the container or machine
     * @param heap the largest heap of this process
     */
    public static MemoryPlan of(OptionalLong budget, long machine, long heap) throws StartProblem {
        return new MemoryPlan(
                budget(budget, machine, heap),
                Math.toIntExact(
                        Math.min(ConnectionLimits.DEFAULT_MAX, machine / CONNECTIONS_SHARE / CONNECTION_BYTES)));
    }

    private static long budget(OptionalLong configured, long machine, long heap) throws StartProblem {
        long budget = configured.orElse(Math.max(machine / BUDGET_SHARE, LEAST));
        if (budget > heap / 2) {
            throw new StartProblem("memory_budget of " + mib(budget) + " MiB does not fit twice into the heap of "
                    + mib(heap) + " MiB: set memory_budget to at most " + mib(heap / 2)
                    + "MiB, or give the process more memory");
        }
        return budget;
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }
}
