package io.ringgate.http.connections;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes buffered for connections outside of every memory reservation: unfinished TLS records and request heads. They are counted
 * by holder, a source or an edge, and in sum. Over either bound the largest holder's largest connection is evicted, so a client
 * that sends an ordinary head in two pieces is never evicted for those that send large ones and stop.
 *
 * <p>Any thread. A change is two additions without a lock; only over a bound all holders are compared, under one. An evicted
 * connection holds its bytes until its own event loop has closed it: they count as leaving until then.
 */
final class UnfinishedBytes {

    /** Those of one source or edge. */
    static final class Holder {
        private final Object name;
        private final AtomicLong bytes = new AtomicLong();
        private final Set<ConnectionSlot> slots = ConcurrentHashMap.newKeySet();
        private long leaving;

        private Holder(Object name) {
            this.name = name;
        }
    }

    private static final int SLACK = 8;

    private final long most;
    private final long mostOfHolder;
    private final AtomicLong sum = new AtomicLong();
    private final Map<Object, Holder> holders = new HashMap<>();
    private long leaving;

    UnfinishedBytes(long most, long mostOfHolder) {
        this.most = most;
        this.mostOfHolder = mostOfHolder;
    }

    /** The connection is this holder's from now on, with what it holds. */
    synchronized Holder join(Object name, ConnectionSlot slot) {
        Holder holder = holders.computeIfAbsent(name, Holder::new);
        holder.slots.add(slot);
        holder.bytes.addAndGet(slot.held());
        sum.addAndGet(slot.held());
        return holder;
    }

    /** It is this holder's no longer. */
    synchronized void leave(Holder holder, ConnectionSlot slot) {
        holder.bytes.addAndGet(-slot.held());
        sum.addAndGet(-slot.held());
        holder.leaving -= slot.leavingBytes;
        leaving -= slot.leavingBytes;
        slot.leavingBytes = 0;
        holder.slots.remove(slot);
        if (holder.slots.isEmpty()) {
            holders.remove(holder.name);
        }
    }

    /** One of the holder's connections holds so many bytes more, or less. */
    void change(Holder holder, int bytes) {
        long ofHolder = holder.bytes.addAndGet(bytes);
        long ofAll = sum.addAndGet(bytes);
        if (bytes > 0 && (ofHolder > mostOfHolder || ofAll > most)) {
            relieve(holder);
        }
    }

    private synchronized void relieve(Holder last) {
        while (last.bytes.get() - last.leaving > mostOfHolder && evictLargest(last)) {
            // One more may have to go.
        }
        if (sum.get() - leaving > most) {
            relieveAll();
        }
    }

    /** Goes down to an eighth below the bound, so that not every change has all holders sorted. */
    private void relieveAll() {
        PriorityQueue<Sorted> largest = new PriorityQueue<>(holders.size());
        holders.values().forEach(holder -> largest.add(Sorted.of(holder)));
        while (sum.get() - leaving > most - most / SLACK) {
            Sorted next = largest.poll();
            if (next == null) {
                return;
            }
            if (evictLargest(next.holder)) {
                largest.add(Sorted.of(next.holder));
            }
        }
    }

    /** A holder by what it held when it was sorted: event loops go on changing that. The largest comes first. */
    private record Sorted(Holder holder, long bytes) implements Comparable<Sorted> {

        static Sorted of(Holder holder) {
            return new Sorted(holder, holder.bytes.get() - holder.leaving);
        }

        @Override
        public int compareTo(Sorted other) {
            return Long.compare(other.bytes, bytes);
        }
    }

    private boolean evictLargest(Holder holder) {
        ConnectionSlot largest = null;
        int bytes = 0;
        for (ConnectionSlot each : holder.slots) {
            int held = each.leavingBytes > 0 ? 0 : each.held();
            if (held > bytes) {
                bytes = held;
                largest = each;
            }
        }
        if (largest == null) {
            return false;
        }
        largest.leavingBytes = bytes;
        holder.leaving += bytes;
        leaving += bytes;
        largest.evict(EvictionReason.MEMORY);
        return true;
    }

    long bytes() {
        return sum.get();
    }
}
