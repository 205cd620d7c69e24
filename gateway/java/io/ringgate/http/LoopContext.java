package io.ringgate.http;

import io.ringgate.http.connections.Connections;
import io.ringgate.http.framing.HeadParser;
import io.ringgate.pipeline.Refusals;
import io.ringgate.pipeline.WritePath;

/**
 * What all connections of one event loop share. Used on that loop only. The path and the timeouts may be replaced between two
 * requests: a write keeps the path it began with.
 */
final class LoopContext {

    private final HeadParser heads = new HeadParser();
    private final Watchdog watchdog = new Watchdog();
    private final ResponseEncoder responses;
    private final RequestIds ids;
    private final Refusals refusals;
    private final AccessLogSampler accessLog;
    private final Connections connections;
    private final EdgeServer.Conditions conditions;
    private WritePath path;
    private EdgeTimeouts times;

    LoopContext(
            WritePath path,
            EdgeTimeouts times,
            Refusals refusals,
            Connections connections,
            EdgeServer.Conditions conditions) {
        this.path = path;
        this.times = times;
        this.refusals = refusals;
        this.connections = connections;
        this.conditions = conditions;
        this.responses = new ResponseEncoder(conditions.random(), connections.retryAfter(), conditions.clock());
        this.ids = new RequestIds(conditions.random());
        this.accessLog = new AccessLogSampler(conditions.accessLog());
    }

    void update(WritePath newPath, EdgeTimeouts newTimes) {
        path = newPath;
        times = newTimes;
    }

    WritePath path() {
        return path;
    }

    EdgeTimeouts times() {
        return times;
    }

    HeadParser heads() {
        return heads;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    ResponseEncoder responses() {
        return responses;
    }

    RequestIds ids() {
        return ids;
    }

    AccessLogSampler accessLog() {
        return accessLog;
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
