package io.ringgate.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes that wait, unread, for memory and a place among the writes under way. Both are granted together or not at all, and
 * a waiting write holds neither.
 *
 * <p>Idea: one queue for each edge, first come first served. Next comes the edge that holds least memory for its weight;
 * among equals, the one whose write came first.
 *
 * <pre>
 *   waiting edges, in order                      free memory
 *
 *     a  holds nothing   [ 20 MB ] [ 20 MB ]     ▇▇▇▇▇▇▇▇▇▇░░░░
 *     b  holds nothing   [ 40 kB ]                         │
 *     c  holds 30 MB     [ 20 MB ]                         └─ too little for a: b may overtake it
 * </pre>
 *
 * <p>A write that does not fit is overtaken by others that do: small writes would wait for large ones otherwise, and memory
 * would lie idle. But once the first in order was overtaken {@link #OVERTAKEN_NANOS} ago, nobody behind it is granted
 * anything before it: large writes do not starve behind small ones. A write whose edge would hold more than half of all memory,
 * or has as many writes under way as it may, waits for its own edge and stops nobody.
 *
 * <p>Any thread. One lock guards the queue, held while at most {@link #MOST_TRIED} edges are looked at for a grant; a write
 * that fits while nobody waits does not take it. Waiters are called after it is released. Times are on the scale of {@link
 * System#nanoTime}.
 */
public final class AdmissionQueue {

    /** How long the first in order may be overtaken. */
    static final long OVERTAKEN_NANOS = 1_000_000_000L;

    /** How many edges are tried for one grant; one that wants no less than one that did not fit is passed over. */
    static final int MOST_TRIED = 32;

    private enum Trial {
        GRANTED,
        /** There is too little for any write of this size. */
        TOO_LITTLE,
        /** A limit of its own edge stops it. */
        OWN_LIMIT
    }

    private final MemoryBudget budget;
    private final ConcurrentWrites writes;
    private final TreeSet<WaitingEdge> order = new TreeSet<>(WaitingEdge.ORDER);
    private int mostWaiting;
    private long arrivals;
    private long waitingBytes;

    /** Changed under the lock, read by anybody. */
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param mostWaiting a waiting write keeps what TLS and the socket hold of it, so not any number may wait */
    public AdmissionQueue(MemoryBudget budget, ConcurrentWrites writes, int mostWaiting) {
        this.budget = budget;
        this.writes = writes;
        this.mostWaiting = mostWaiting;
    }

    /**
     * What one write asks for.
     *
     * @param weight of its edge against others
     * @param mostWrites that its edge may have under way
     */
    public record Demand(EdgeShare edge, int weight, long bytes, long mostWrites) {

        /** There is too little for this one too where there is for the other, which holds no more for its weight. */
        private boolean isNoSmallerThan(Demand other) {
            return bytes >= other.bytes && bytes * other.weight >= other.bytes * weight;
        }
    }

    /** Told what becomes of a write that waits: one call in all but {@link #isConnected}, on any thread, outside of the lock. */
    public interface Waiter {

        /**
         * Whether somebody still waits. Asked before each grant, under the lock, of whoever is next: must not block. One that
         * is not leaves the queue and is granted nothing.
         */
        boolean isConnected();

        /** It has left the queue since it was not connected. */
        void disconnected();

        /** It may go on. Who does not want the grant any more gives it back. */
        void granted(Grant grant);

        /** It is refused: too many writes wait, and its edge has the most of them. */
        void crowdedOut();
    }

    /** The answer to a demand: with a {@link Grant} the write may go on at once, and its waiter is not called. */
    public sealed interface Reply permits Grant, Reply.Waiting, Reply.Full {

        record Waiting(Ticket ticket) implements Reply {}

        /** The queue is full, and no other edge has more writes in it than this one. */
        record Full() implements Reply {}
    }

    /** One write in the queue. */
    public final class Ticket {

        final Demand demand;
        final long arrival;
        private final Waiter waiter;
        private final long since;
        private boolean waits = true;
        private boolean disconnected;
        private @Nullable Grant grant;
        private boolean overtaken;
        private long overtakenSince;

        private Ticket(Demand demand, Waiter waiter, long arrival, long since) {
            this.demand = demand;
            this.waiter = waiter;
            this.arrival = arrival;
            this.since = since;
        }

        /** Ends the wait. False when it has ended already: then the waiter was called, or is about to be. */
        public boolean cancel(long nowNanos) {
            List<Ticket> decided = new ArrayList<>(0);
            synchronized (AdmissionQueue.this) {
                if (!waits) {
                    return false;
                }
                remove(this);
                serve(decided, nowNanos);
            }
            tell(decided);
            return true;
        }

        public long waitedNanos(long nowNanos) {
            return nowNanos - since;
        }

        private boolean mustBeNext(long nowNanos) {
            return overtaken && nowNanos - overtakenSince >= OVERTAKEN_NANOS;
        }

        private void isOvertaken(long nowNanos) {
            if (!overtaken) {
                overtaken = true;
                overtakenSince = nowNanos;
            }
        }
    }

    /** Grants at once, or lets the write wait. */
    public Reply ask(Demand demand, Waiter waiter, long nowNanos) {
        if (waiting.get() == 0) {
            Grant grant = grant(demand, nowNanos);
            if (grant != null) {
                return grant;
            }
        }
        List<Ticket> decided = new ArrayList<>(0);
        Ticket ticket;
        synchronized (this) {
            if (waiting.get() >= mostWaiting && !crowdOut(demand.edge(), decided)) {
                return new Reply.Full();
            }
            ticket = new Ticket(demand, waiter, ++arrivals, nowNanos);
            add(ticket);
            serve(decided, nowNanos);
        }
        Grant grant = ticket.grant;
        if (grant != null) {
            decided.remove(ticket);
        }
        tell(decided);
        return grant == null ? new Reply.Waiting(ticket) : grant;
    }

    /** Time has passed, which alone may entitle somebody: to be called a few times a second. */
    public void tick(long nowNanos) {
        if (waiting.get() > 0) {
            List<Ticket> decided = new ArrayList<>(0);
            synchronized (this) {
                serve(decided, nowNanos);
            }
            tell(decided);
        }
    }

    /** The edge has given something back. Comes after that, so that whoever begins to wait meanwhile finds it. */
    void released(EdgeShare edge, long nowNanos) {
        if (waiting.get() > 0) {
            List<Ticket> decided = new ArrayList<>(0);
            synchronized (this) {
                WaitingEdge line = edge.waiting;
                if (line != null) {
                    order.remove(line);
                    enqueue(line);
                }
                serve(decided, nowNanos);
            }
            tell(decided);
        }
    }

    /** From now on. Writes that wait already go on waiting. */
    public synchronized void mostWaiting(int most) {
        mostWaiting = most;
    }

    /** What is granted from. */
    public MemoryBudget budget() {
        return budget;
    }

    public ConcurrentWrites writes() {
        return writes;
    }

    public int waiting() {
        return waiting.get();
    }

    /** What the waiting writes ask for together. */
    public synchronized long waitingBytes() {
        return waitingBytes;
    }

    /** Of one edge. */
    public synchronized int waiting(EdgeShare edge) {
        WaitingEdge line = edge.waiting;
        return line == null ? 0 : line.size();
    }

    /** Grants until the next in order has to wait, and lets go who is not connected. */
    private void serve(List<Ticket> decided, long nowNanos) {
        Ticket served = serveNext(nowNanos);
        while (served != null) {
            decided.add(served);
            served = serveNext(nowNanos);
        }
    }

    private @Nullable Ticket serveNext(long nowNanos) {
        Ticket overtaken = null;
        int tried = 0;
        for (WaitingEdge line : order) {
            Ticket ticket = line.first();
            if (overtaken != null && ticket.demand.isNoSmallerThan(overtaken.demand)) {
                continue;
            }
            if (!ticket.waiter.isConnected()) {
                ticket.disconnected = true;
                remove(ticket);
                return ticket;
            }
            switch (attempt(ticket, nowNanos)) {
                case GRANTED -> {
                    if (overtaken != null) {
                        overtaken.isOvertaken(nowNanos);
                    }
                    remove(ticket);
                    return ticket;
                }
                case TOO_LITTLE -> {
                    if (overtaken == null) {
                        overtaken = ticket;
                    }
                    if (ticket.mustBeNext(nowNanos)) {
                        return null;
                    }
                }
                case OWN_LIMIT -> {} // It stops nobody else.
            }
            if (++tried == MOST_TRIED) {
                return null;
            }
        }
        return null;
    }

    private Trial attempt(Ticket ticket, long nowNanos) {
        Demand demand = ticket.demand;
        Grant grant = grant(demand, nowNanos);
        if (grant != null) {
            ticket.grant = grant;
            return Trial.GRANTED;
        }
        boolean own = budget.heldBy(demand.edge()) + demand.bytes() > budget.size() / 2
                || writes.current(demand.edge()) >= demand.mostWrites();
        return own ? Trial.OWN_LIMIT : Trial.TOO_LITTLE;
    }

    /** Both or nothing. */
    private @Nullable Grant grant(Demand demand, long nowNanos) {
        if (!(writes.enter(demand.edge(), demand.mostWrites())
                instanceof ConcurrentWrites.Entry.Entered(int underWay))) {
            return null;
        }
        Reservation memory = budget.reserve(demand.edge(), demand.weight(), demand.bytes(), nowNanos);
        if (memory == null) {
            writes.leave(demand.edge());
            return null;
        }
        return new Grant(this, demand.edge(), memory, underWay);
    }

    /** Makes room for a write of an edge that has fewer waiting than another one. False when there is no other. */
    private boolean crowdOut(EdgeShare newcomer, List<Ticket> decided) {
        WaitingEdge own = newcomer.waiting;
        int most = own == null ? 1 : own.size() + 1;
        WaitingEdge longest = null;
        for (WaitingEdge line : order) {
            if (line.size() > most) {
                most = line.size();
                longest = line;
            }
        }
        if (longest == null) {
            return false;
        }
        Ticket victim = longest.last();
        remove(victim);
        decided.add(victim);
        return true;
    }

    private void add(Ticket ticket) {
        waiting.incrementAndGet();
        waitingBytes += ticket.demand.bytes();
        WaitingEdge line = ticket.demand.edge().waiting;
        if (line == null) {
            line = new WaitingEdge(ticket.demand.edge());
            ticket.demand.edge().waiting = line;
            line.add(ticket);
            enqueue(line);
        } else {
            line.add(ticket);
        }
    }

    private void remove(Ticket ticket) {
        ticket.waits = false;
        waiting.decrementAndGet();
        waitingBytes -= ticket.demand.bytes();
        WaitingEdge line = ticket.demand.edge().waiting;
        if (line == null) {
            throw new IllegalStateException("a write left the queue that was not in it");
        }
        order.remove(line);
        line.remove(ticket);
        if (line.size() == 0) {
            line.edge().waiting = null;
        } else {
            enqueue(line);
        }
    }

    /** Sorts the edge in by what it holds now. */
    private void enqueue(WaitingEdge line) {
        line.holds(budget.heldBy(line.edge()) / (double) line.first().demand.weight());
        order.add(line);
    }

    private static void tell(List<Ticket> decided) {
        for (Ticket ticket : decided) {
            if (ticket.grant != null) {
                ticket.waiter.granted(ticket.grant);
            } else if (ticket.disconnected) {
                ticket.waiter.disconnected();
            } else {
                ticket.waiter.crowdedOut();
            }
        }
    }
}
