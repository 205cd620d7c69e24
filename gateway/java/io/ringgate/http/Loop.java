package io.ringgate.http;

import io.ringgate.pipeline.Refusals;
import io.ringgate.pipeline.WritePath;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What all connections of one event loop share. Used on that loop only.
 *
 * @param ready whether the gateway takes writes, for the health pages
 * @param clock the scale of {@link System#nanoTime}
 */
record Loop(
        WritePath path,
        HeadParser heads,
        Answers answers,
        RequestIds ids,
        Watchdog watchdog,
        EdgeTimes times,
        Refusals refusals,
        BooleanSupplier ready,
        LongSupplier clock) {

    static Loop of(
            WritePath path,
            EdgeTimes times,
            Refusals refusals,
            BooleanSupplier ready,
            LongSupplier clock,
            RandomGenerator random) {
        return new Loop(
                path,
                new HeadParser(),
                new Answers(random),
                new RequestIds(random),
                new Watchdog(),
                times,
                refusals,
                ready,
                clock);
    }
}
