package io.ringgate.pipeline;

import io.ringgate.limits.Grant;
import io.ringgate.reject.Rejection;

/**
 * What a write holds from the moment it may send its body until its end: the tokens it took, its place among the writes
 * under way, its memory and its body. {@link #release} gives place, memory and body back, exactly once; before it one of
 * {@link #refused}, {@link #failed} and {@link #abandoned} settles the tokens of a write that was not stored. On the write's
 * event loop.
 */
final class AdmittedWrite {

    private final WritePath.Shared shared;
    private final EdgeContext edge;
    private final Allowance allowance;
    private final Grant grant;
    private final WriteBody body;

    AdmittedWrite(RequestedWrite write, long unpacked, Grant grant) {
        this.shared = write.shared();
        this.edge = write.edge();
        this.allowance = write.allowance();
        this.grant = grant;
        this.body = new WriteBody(write, unpacked);
    }

    EdgeContext edge() {
        return edge;
    }

    Allowance allowance() {
        return allowance;
    }

    WriteBody body() {
        return body;
    }

    /** Whether other edges were refused memory just now. */
    boolean othersNeedItsMemory() {
        return shared.admissions()
                .budget()
                .othersAreShort(edge.runtime().share(), shared.clock().getAsLong());
    }

    /** The codec, on whichever thread, has found out what it takes from here on. */
    void needsOnly(long bytes) {
        grant.shrinkTo(Math.min(bytes, grant.bytes()), shared.clock().getAsLong());
    }

    /** From here on only the bytes on their way to the receiver are held. */
    void keepOnly(int bytes) {
        body.dropPacked();
        grant.shrinkTo(Math.min(bytes, grant.bytes()), shared.clock().getAsLong());
    }

    /** It was refused before a receiver was asked. */
    void refused(Rejection rejection) {
        allowance.refused(rejection, body.read());
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
        body.dropPacked();
        grant.release(shared.clock().getAsLong());
    }
}
