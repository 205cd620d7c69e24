package io.ringgate.metrics.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.ringgate.metrics.Descriptions;
import io.ringgate.metrics.Metrics;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counters of tenants and edges, which leave the page an hour after their last {@code add}, so that those who come and go
 * do not fill it.
 *
 * <p>What a caller holds is a {@link Handle}, which stays good for ever. It points to a {@link Slot}, the life of one
 * counter on the page. Slots begin and end inside the map's own per-key lock, so no key ever has two. An adder that
 * meets a slot which ended under its hands counts again on a new one: what the old one held is off the page anyway.
 */
final class TenantCounters {

    private static final long LIFE = TimeUnit.HOURS.toNanos(1);
    private static final long SWEEP_AT_MOST_EVERY = TimeUnit.MINUTES.toNanos(1);
    /** Using a counter is noted this coarsely, so that adders do not fight over one cache line. */
    private static final long GRAIN = TimeUnit.SECONDS.toNanos(1);

    private final MeterRegistry registry;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<Key, Slot> slots = new ConcurrentHashMap<>();
    private final AtomicLong lastSweep;

    TenantCounters(MeterRegistry registry, LongSupplier nanos) {
        this.registry = registry;
        this.nanos = nanos;
        this.lastSweep = new AtomicLong(nanos.getAsLong());
    }

    Metrics.Counter counter(String name, Tags tags) {
        long now = nanos.getAsLong();
        long swept = lastSweep.get();
        if (now - swept >= SWEEP_AT_MOST_EVERY && lastSweep.compareAndSet(swept, now)) {
            sweep();
        }
        return slotOf(new Handle(new Key(name, tags))).handle;
    }

    /** Takes off the page what nobody added to for an hour. */
    void sweep() {
        long now = nanos.getAsLong();
        for (Key key : slots.keySet()) {
            slots.computeIfPresent(key, (k, slot) -> {
                if (now - slot.lastUsed < LIFE) {
                    return slot;
                }
                slot.ended = true;
                registry.remove(slot.counter);
                return null;
            });
        }
    }

    private Slot slotOf(Handle handle) {
        return slots.computeIfAbsent(handle.key, key -> new Slot(registered(key), handle, nanos.getAsLong()));
    }

    private io.micrometer.core.instrument.Counter registered(Key key) {
        return io.micrometer.core.instrument.Counter.builder(key.name)
                .description(Descriptions.of(key.name))
                .tags(key.tags)
                .register(registry);
    }

    private record Key(String name, Tags tags) {}

    private final class Handle implements Metrics.Counter {

        private final Key key;

        /** Where it counted last; good until that has ended. */
        private volatile @Nullable Slot latest;

        Handle(Key key) {
            this.key = key;
        }

        @Override
        public void add(long amount) {
            Slot slot;
            do {
                slot = current();
                slot.use(nanos.getAsLong());
                slot.counter.increment((double) amount);
            } while (slot.ended);
        }

        private Slot current() {
            Slot slot = latest;
            if (slot == null || slot.ended) {
                slot = slotOf(this);
                latest = slot;
            }
            return slot;
        }
    }

    private static final class Slot {

        private final io.micrometer.core.instrument.Counter counter;
        private final Handle handle;
        private volatile long lastUsed;
        private volatile boolean ended;

        Slot(io.micrometer.core.instrument.Counter counter, Handle handle, long now) {
            this.counter = counter;
            this.handle = handle;
            this.lastUsed = now;
        }

        void use(long now) {
            if (now - lastUsed >= GRAIN) {
                lastUsed = now;
            }
        }
    }
}
