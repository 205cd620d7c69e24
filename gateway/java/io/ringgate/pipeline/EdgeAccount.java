package io.ringgate.pipeline;

import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.limits.EdgeShare;
import io.ringgate.limits.Quota;
import io.ringgate.limits.Spending;

/** What one edge may use as a part of its tenant: its rates, and its limits. Any thread. */
final class EdgeAccount {

    private final TenantAccount tenant;
    private final EdgeShare share;
    private final Quota quota;
    private volatile EdgeLimits limits;

    EdgeAccount(TenantAccount tenant, EdgeShare share, Quota quota, EdgeLimits limits) {
        this.tenant = tenant;
        this.share = share;
        this.quota = quota;
        this.limits = limits;
    }

    EdgeName edge() {
        return share.edge();
    }

    EdgeShare share() {
        return share;
    }

    TenantId tenant() {
        return tenant.tenant();
    }

    Quota quota() {
        return quota;
    }

    /** The active ones; a write keeps those it began with. */
    EdgeLimits limits() {
        return limits;
    }

    void replaceLimits(EdgeLimits next) {
        limits = next;
    }

    Spending spend() {
        return new Spending(quota);
    }

    ObserveModeCounts observeModeCounts() {
        return tenant.observeModeCounts();
    }
}
