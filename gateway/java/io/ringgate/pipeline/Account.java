package io.ringgate.pipeline;

import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.limits.Quota;
import io.ringgate.limits.Spending;

/** The running account of one edge with its tenant: what it may use now, and on which terms. Any thread. */
final class Account {

    private final TenantAccount tenant;
    private final EdgeName edge;
    private final Quota quota;
    private volatile Terms terms;

    Account(TenantAccount tenant, EdgeName edge, Quota quota, Terms terms) {
        this.tenant = tenant;
        this.edge = edge;
        this.quota = quota;
        this.terms = terms;
    }

    EdgeName edge() {
        return edge;
    }

    TenantId tenant() {
        return tenant.tenant();
    }

    Quota quota() {
        return quota;
    }

    /** Those in force now; a write keeps the ones it began with. */
    Terms terms() {
        return terms;
    }

    void use(Terms next) {
        terms = next;
    }

    Spending spend() {
        return new Spending(quota);
    }

    Observed observed() {
        return tenant.observed();
    }
}
