package io.ringgate.config;

import io.ringgate.edge.LabelNames;
import io.ringgate.edge.Network;
import io.ringgate.reject.Limit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What {@code ringgate.yaml} says.
 *
 * @param listeners where edge clusters write to; at least one
 * @param trustedProxies who may say where clients come from
 * @param admin where operators look: metrics and status
 * @param accessLog what is told about single requests
 * @param memoryBudget bytes that writes in flight may hold together; when absent the runtime takes its share of the
 *     machine
 * @param body how large and how slow the body of a write may be
 * @param timeouts how long each step may take
 * @param drain how it goes away
 * @param connections how many connections there may be and how long they live
 * @param maxConcurrentWrites writes of one edge that are in work at the same time
 * @param authCpuShare percent of one core that proving senders may take
 * @param labelNames which label names senders may use
 * @param stamp which labels say tenant and edge
 * @param receivers where writes go
 * @param files where the other files lie
 */
public record GatewaySettings(
        List<ListenerConfig> listeners,
        List<Network> trustedProxies,
        AdminConfig admin,
        AccessLogConfig accessLog,
        OptionalLong memoryBudget,
        BodyLimits body,
        Timeouts timeouts,
        DrainTimes drain,
        ConnectionLimits connections,
        int maxConcurrentWrites,
        int authCpuShare,
        LabelNames labelNames,
        StampLabels stamp,
        ReceiversConfig receivers,
        FileLocations files) {

    /** An agent opens up to 50 connections per remote, agents run in pairs, and several may share an edge. */
    public static final int DEFAULT_MAX_CONCURRENT_WRITES = 500;

    /** Some four passwords a second with bcrypt's usual cost. */
    public static final int DEFAULT_AUTH_CPU_SHARE = 20;

    public static final LabelNames DEFAULT_LABEL_NAMES = LabelNames.UTF8;

    public GatewaySettings {
        listeners = List.copyOf(listeners);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** What every edge is held to where its policy says nothing. */
    public Policy caps() {
        return Policy.of(Map.of(
                Limit.MAX_PACKED,
                body.maxPacked(),
                Limit.MAX_UNPACKED,
                body.maxUnpacked(),
                Limit.MAX_CONNECTIONS,
                (long) connections.maxPerEdge(),
                Limit.MAX_CONCURRENT_WRITES,
                (long) maxConcurrentWrites));
    }
}
