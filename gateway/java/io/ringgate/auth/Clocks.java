package io.ringgate.auth;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What time it is.
 *
 * @param wall milliseconds of Unix time, by which tokens end
 * @param nano by which what is cached ends
 */
public record Clocks(LongSupplier wall, LongSupplier nano) {

    public long seconds() {
        return TimeUnit.MILLISECONDS.toSeconds(wall.getAsLong());
    }
}
