package io.ringgate.pipeline;

import io.ringgate.edge.Edge;
import io.ringgate.limits.MemoryBudget;
import io.ringgate.reject.Limit;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import org.jspecify.annotations.Nullable;

/** The decision about a write of a known edge before a byte of its body is read. */
sealed interface Admission {

    /** It has taken its tokens and holds nothing else. */
    record Accepted(RequestedWrite write) implements Admission {}

    /** It holds nothing. The refusal is as its sender gets it. */
    record Refused(Rejection rejection) implements Admission {}

    static Admission of(EdgeContext context, WriteHead head, WritePath path, WriteClient client) {
        WritePath.Shared shared = path.shared();
        Edge edge = context.edge();
        Allowance allowance = new Allowance(context.account(), shared.clock());
        Rejection refusal = allowance.connection(
                client.authenticated(edge.name(), allowance.limits().enforcedCount(Limit.MAX_CONNECTIONS)));
        if (refusal == null) {
            refusal = beforeBody(edge, allowance, head, path);
        }
        if (refusal != null) {
            return new Refused(allowance.limits().asAnswered(refusal));
        }
        refusal = allowance.request(head.contentLength());
        return refusal == null
                ? new Accepted(new RequestedWrite(shared, context, allowance, head))
                : new Refused(allowance.limits().asAnswered(refusal));
    }

    private static @Nullable Rejection beforeBody(Edge edge, Allowance allowance, WriteHead head, WritePath path) {
        if (!edge.enabled()) {
            return new Rejection.Plain(
                    Reason.EDGE_DISABLED, "edge " + edge.name() + " is disabled here, ask the operator of the gateway");
        }
        if (!edge.mayComeFrom(head.presented().source())) {
            return new Rejection.Plain(
                    Reason.WRONG_NETWORK,
                    "edge " + edge.name() + " may not write from "
                            + head.presented().source()
                            + ": send from one of its allowed_sources, or ask the operator of the gateway to add this one");
        }
        if (!path.forwarder().hasRing(edge.tenant())) {
            return new Rejection.TenantWithoutRing(
                    edge.name().value(), edge.tenant().value());
        }
        if (!head.post()) {
            return new Rejection.MethodNotWrite(edge.name().value());
        }
        Rejection protocol = Protocol.check(head);
        if (protocol != null) {
            return protocol;
        }
        return size(allowance, head, path.shared());
    }

    private static @Nullable Rejection size(Allowance allowance, WriteHead head, WritePath.Shared shared) {
        MemoryBudget budget = shared.admissions().budget();
        long length = head.contentLength();
        if (length != WriteHead.CHUNKED) {
            Rejection tooLarge = allowance.packed(length);
            if (tooLarge != null) {
                return tooLarge;
            }
        }
        long least = length == WriteHead.CHUNKED ? allowance.limits().enforced(Limit.MAX_PACKED) : length;
        if (!budget.couldEverHold(least)) {
            return new Rejection.TooLarge("packed body", "memory_budget", budget.size(), least);
        }
        return null;
    }
}
