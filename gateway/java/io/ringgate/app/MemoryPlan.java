package io.ringgate.app;

import java.util.OptionalLong;

/**
 * How much memory writes may take together. What is budgeted lies on the heap, so the budget has to fit into it twice: once
 * for what is counted, once for everything else and for what the pool rounds up.
 */
public final class MemoryPlan {

    static final long LEAST = 128L << 20;
    private static final int SHARE = 4;

    private MemoryPlan() {}

    /**
     * The budget in bytes.
     *
     * @param configured what the operator asked for
     * @param machine the memory of the container or machine
     * @param heap the largest heap of this process
     */
    public static long budget(OptionalLong configured, long machine, long heap) throws StartProblem {
        long budget = configured.orElse(Math.max(machine / SHARE, LEAST));
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
