package io.ringgate.pipeline;

import io.ringgate.limits.AdmissionQueue;
import io.ringgate.limits.ConcurrentWrites;
import io.ringgate.limits.EdgeShare;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;

/**
 * A write that may come in, as far as its head tells: it has taken its tokens, but holds neither memory nor a place among
 * the writes under way. On the write's event loop.
 */
final class RequestedWrite {

    private final WritePath.Shared shared;
    private final EdgeContext edge;
    private final Allowance allowance;
    private final WriteHead head;
    private final BodyPreface preface;

    RequestedWrite(WritePath.Shared shared, EdgeContext edge, Allowance allowance, WriteHead head) {
        this.shared = shared;
        this.edge = edge;
        this.allowance = allowance;
        this.head = head;
        this.preface = new BodyPreface(
                head, allowance, edge.plan(), shared.admissions().budget().size());
    }

    WritePath.Shared shared() {
        return shared;
    }

    EdgeContext edge() {
        return edge;
    }

    Allowance allowance() {
        return allowance;
    }

    WriteHead head() {
        return head;
    }

    BodyPreface preface() {
        return preface;
    }

    AdmissionQueue.Demand demand(long bytes) {
        EdgeLimits limits = allowance.limits();
        return new AdmissionQueue.Demand(
                edge.runtime().share(), limits.weight(), bytes, limits.enforced(Limit.MAX_CONCURRENT_WRITES));
    }

    /** Why its wait was in vain: its edge or all edges are at their limit of writes, or there is too little memory. */
    Rejection waitedInVain() {
        long most = allowance.limits().enforced(Limit.MAX_CONCURRENT_WRITES);
        ConcurrentWrites writes = shared.admissions().writes();
        EdgeShare share = edge.runtime().share();
        if (writes.current(share) >= most) {
            return new Rejection.ConcurrencyExceeded(
                    Limit.MAX_CONCURRENT_WRITES, share.edge().value(), most, most);
        }
        if (writes.isFull()) {
            return new Rejection.Plain(
                    Reason.CONCURRENCY, "all edges together have as many writes under way as max_concurrency allows");
        }
        return new Rejection.Plain(
                Reason.MEMORY_BUDGET,
                "the gateway had no memory for this write within admission_wait ("
                        + shared.limits().admissionWait().toMillis() + " ms)");
    }

    static Rejection crowdedOut() {
        return new Rejection.Plain(
                Reason.MEMORY_BUDGET, "too many writes wait for the gateway's memory, most of them of this edge");
    }

    /** It was refused before its body came. */
    void refused(Rejection rejection) {
        allowance.refused(rejection, preface.length());
    }

    /** Its client went away. */
    void abandoned() {
        allowance.abandoned(preface.length());
    }
}
