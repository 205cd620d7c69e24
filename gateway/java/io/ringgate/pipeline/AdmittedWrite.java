package io.ringgate.pipeline;

import io.ringgate.reject.Rejection;

/**
 * What an admitted write holds until its end: its place among the edge's writes, the tokens it took, its body and the
 * memory for it. {@link #release} gives place, body and memory back, exactly once; before it one of {@link #refused},
 * {@link #failed} and {@link #abandoned} settles the tokens of a write that was not stored. On the write's event loop.
 */
final class AdmittedWrite {

    private static final int TOO_LARGE = 413;

    private final WritePath.Shared shared;
    private final EdgeContext edge;
    private final Allowance allowance;
    private final Body body;

    /** @param edge whose place the write has taken already */
    AdmittedWrite(WritePath.Shared shared, EdgeContext edge, Allowance allowance, WriteHead head) {
        this.shared = shared;
        this.edge = edge;
        this.allowance = allowance;
        this.body = new Body(shared, edge, allowance, head);
    }

    EdgeContext edge() {
        return edge;
    }

    Allowance allowance() {
        return allowance;
    }

    Body body() {
        return body;
    }

    /** Whether its body holds memory that other edges were refused just now. */
    boolean othersNeedItsMemory() {
        return body.isReserved()
                && shared.budget()
                        .othersAreShort(edge.edge().name(), shared.clock().getAsLong());
    }

    /** It was refused before a receiver was asked. What makes no sense to repeat stays spent. */
    void refused(Rejection rejection) {
        if (rejection.retryable() || rejection.status() == TOO_LARGE) {
            allowance.refused(body.read());
        }
    }

    /** It failed at the receivers: when it is sent again, only its request stays spent. */
    void failed(Rejection rejection) {
        if (rejection.retryable()) {
            allowance.comesAgain();
        }
    }

    /** Its client went away before a receiver was asked. */
    void abandoned() {
        allowance.abandoned(body.read());
    }

    void release() {
        body.release();
        shared.concurrency().leave(edge.edge().name());
    }
}
