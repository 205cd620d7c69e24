package io.ringgate.forward;

import java.util.Collection;

/**
 * The 2xx statuses by which a receiver says that it stored a write.
 *
 * @param bits one for each status, 200 first
 */
public record StoredStatuses(long bits) {

    private static final int FIRST = 200;

    public static StoredStatuses of(Collection<Integer> statuses) {
        long bits = 0;
        for (int status : statuses) {
            if (status < FIRST || status - FIRST >= Long.SIZE) {
                throw new IllegalArgumentException("not a status that says stored: " + status);
            }
            bits |= 1L << (status - FIRST);
        }
        return new StoredStatuses(bits);
    }

    public boolean contains(int status) {
        return status >= FIRST && status - FIRST < Long.SIZE && (bits >>> (status - FIRST) & 1) != 0;
    }
}
