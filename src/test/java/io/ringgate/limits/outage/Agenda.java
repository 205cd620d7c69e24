package io.ringgate.limits.outage;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is still to happen, in order; of the same moment, what was planned first. */
public final class Agenda {

    private record Entry(long at, long planned, Runnable what) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::planned));
    private long now;
    private long planned;

    public long now() {
        return now;
    }

    public void in(long nanos, Runnable what) {
        entries.add(new Entry(now + nanos, planned++, what));
    }

    public void run(long until) {
        while (!entries.isEmpty() && entries.element().at() < until) {
            Entry next = entries.remove();
            now = next.at();
            next.what().run();
        }
        now = until;
    }
}
