package io.ringgate.http;

import io.ringgate.pipeline.Refusals;
import io.ringgate.pipeline.WritePath;

/** What all connections of one event loop share. Used on that loop only. */
record Loop(
        WritePath path,
        HeadParser heads,
        Answers answers,
        RequestIds ids,
        Watchdog watchdog,
        EdgeTimes times,
        Refusals refusals,
        EdgeServer.Conditions conditions) {

    static Loop of(WritePath path, EdgeTimes times, Refusals refusals, EdgeServer.Conditions conditions) {
        return new Loop(
                path,
                new HeadParser(),
                new Answers(conditions.random()),
                new RequestIds(conditions.random()),
                new Watchdog(),
                times,
                refusals,
                conditions);
    }

    long now() {
        return conditions.clock().getAsLong();
    }
}
