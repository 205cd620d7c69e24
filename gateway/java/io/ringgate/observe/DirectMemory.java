package io.ringgate.observe;

import io.netty.util.internal.PlatformDependent;
import io.ringgate.metrics.Metrics;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory outside of the heap that sockets and TLS work in. Where Netty may count it by itself, an allocation that does
 * not fit fails at once, and its connection ends. Otherwise the JDK counts, and lets the thread sleep up to half a second in
 * the hope of a garbage collection: on an event loop that stops all its connections. The launcher's flags decide.
 */
public final class DirectMemory {

    private DirectMemory() {}

    /** In bytes. */
    public static long most() {
        return PlatformDependent.maxDirectMemory();
    }

    /** True when an allocation never waits. */
    public static boolean failsAtOnce() {
        return PlatformDependent.useDirectBufferNoCleaner();
    }

    private static long used() {
        long ofJdk = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        // Negative where Netty does not count: then its buffers are among the JDK's.
        return ofJdk + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    public static void register(Metrics metrics) {
        metrics.gauge("ringgate_direct_memory_bytes", DirectMemory::used);
        metrics.gauge("ringgate_direct_memory_max_bytes", DirectMemory::most);
    }
}
