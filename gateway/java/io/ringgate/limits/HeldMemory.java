package io.ringgate.limits;

/** The memory that one edge holds. Guarded by its {@link MemoryBudget}. */
final class HeldMemory {

    /** Of the edge against others, as its newest reservation said. */
    int weight;

    long bytes;

    private int reservations;

    /** Whether it holds a reservation, which may be one of 0 bytes. */
    boolean isHeld() {
        return reservations > 0;
    }

    void add(long more) {
        reservations++;
        bytes += more;
    }

    /** @param last whether the whole reservation ends */
    void giveBack(long less, boolean last) {
        bytes -= less;
        reservations -= last ? 1 : 0;
    }
}
