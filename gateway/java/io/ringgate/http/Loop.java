package io.ringgate.http;

import io.ringgate.http.connections.Connections;
import io.ringgate.http.framing.HeadParser;
import io.ringgate.pipeline.Refusals;
import io.ringgate.pipeline.WritePath;

/**
 * What all connections of one event loop share. Used on that loop only. The path and the times may be replaced between two
 * requests: a write keeps the path it began with.
 */
final class Loop {

    private final HeadParser heads = new HeadParser();
    private final Watchdog watchdog = new Watchdog();
    private final Answers answers;
    private final RequestIds ids;
    private final Refusals refusals;
    private final Reporter reporter;
    private final Connections connections;
    private final EdgeServer.Conditions conditions;
    private WritePath path;
    private EdgeTimes times;

    Loop(
            WritePath path,
            EdgeTimes times,
            Refusals refusals,
            Connections connections,
            EdgeServer.Conditions conditions) {
        this.path = path;
        this.times = times;
        this.refusals = refusals;
        this.connections = connections;
        this.conditions = conditions;
        this.answers = new Answers(conditions.random(), connections.retryAfter(), conditions.clock());
        this.ids = new RequestIds(conditions.random());
        this.reporter = new Reporter(conditions.journal());
    }

    void use(WritePath newPath, EdgeTimes newTimes) {
        path = newPath;
        times = newTimes;
    }

    WritePath path() {
        return path;
    }

    EdgeTimes times() {
        return times;
    }

    HeadParser heads() {
        return heads;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    Answers answers() {
        return answers;
    }

    RequestIds ids() {
        return ids;
    }

    Reporter reporter() {
        return reporter;
    }

    Refusals refusals() {
        return refusals;
    }

    Connections connections() {
        return connections;
    }

    EdgeServer.Conditions conditions() {
        return conditions;
    }

    long now() {
        return conditions.clock().getAsLong();
    }
}
