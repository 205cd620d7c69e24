package io.ringgate.limits;

import io.ringgate.edge.EdgeName;
import org.jspecify.annotations.Nullable;

/**
 * What one edge has of the things that all edges share: its writes under way, its memory, and its writes that wait. Whoever
 * knows the edge keeps this object and gives it to each call, so that no call has to find the edge by its name.
 *
 * <p>There is one object for each edge, and it belongs to one {@link AdmissionQueue} with its {@link MemoryBudget} and its
 * {@link ConcurrentWrites}. Each part is guarded by the lock of the object named beside it. Any thread.
 */
public final class EdgeShare {

    private final EdgeName edge;

    /** Guarded by {@link ConcurrentWrites}. */
    int writesUnderWay;

    /** Guarded by {@link MemoryBudget}. */
    final HeldMemory memory = new HeldMemory();

    /** Absent while none of its writes waits. Guarded by {@link AdmissionQueue}. */
    @Nullable
    WaitingEdge waiting;

    public EdgeShare(EdgeName edge) {
        this.edge = edge;
    }

    public EdgeName edge() {
        return edge;
    }

    @Override
    public String toString() {
        return edge.toString();
    }
}
