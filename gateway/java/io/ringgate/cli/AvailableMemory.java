package io.ringgate.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much memory there is: for the process by its container or machine, and in its heap. */
final class AvailableMemory {

    /** Set by the launcher, which reads the same limits to size the heap. */
    private static final String GIVEN = "ringgate.memory.bytes";

    private AvailableMemory() {}

    static long bytes() {
        long given = Long.getLong(GIVEN, 0);
        if (given > 0) {
            return given;
        }
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    static long heap() {
        return Runtime.getRuntime().maxMemory();
    }
}
