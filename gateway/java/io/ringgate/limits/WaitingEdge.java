package io.ringgate.limits;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/** The writes of one edge that wait in an {@link AdmissionQueue}, in the order they came. Guarded by the queue's lock. */
final class WaitingEdge {

    /** Valid while what an edge holds and its first write stay as they are: who changes them takes it out before. */
    static final Comparator<WaitingEdge> ORDER =
            Comparator.comparingDouble((WaitingEdge line) -> line.held).thenComparingLong(line -> line.first().arrival);

    private final EdgeShare edge;
    private final Deque<AdmissionQueue.Ticket> tickets = new ArrayDeque<>();
    private double held;

    WaitingEdge(EdgeShare edge) {
        this.edge = edge;
    }

    EdgeShare edge() {
        return edge;
    }

    /** @param bytes for each of its weight */
    void holds(double bytes) {
        held = bytes;
    }

    AdmissionQueue.Ticket first() {
        return tickets.getFirst();
    }

    AdmissionQueue.Ticket last() {
        return tickets.getLast();
    }

    void add(AdmissionQueue.Ticket ticket) {
        tickets.addLast(ticket);
    }

    void remove(AdmissionQueue.Ticket ticket) {
        tickets.remove(ticket);
    }

    int size() {
        return tickets.size();
    }
}
