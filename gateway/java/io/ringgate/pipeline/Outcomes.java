package io.ringgate.pipeline;

import io.ringgate.forward.Outcome;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import org.jspecify.annotations.Nullable;

/** The receivers' half of the status table: from what they answered to what the sender is told. */
final class Outcomes {

    private final boolean dropOnReceiverLimit;

    Outcomes(boolean dropOnReceiverLimit) {
        this.dropOnReceiverLimit = dropOnReceiverLimit;
    }

    /** Why a write was not stored, in words for the operator; null when the sender gets the receiver's own words. */
    static @Nullable String complaint(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored stored -> null;
            case Outcome.Refused refused -> null;
            case Outcome.Limited limited -> null;
            case Outcome.Unrecognised(int status, String words) ->
                "a receiver answered " + status + " in words that are not known, and has stored nothing lately: "
                        + words;
            case Outcome.Misconfigured(String why) -> why;
            case Outcome.Failed(String why) -> why;
            case Outcome.Unavailable(String why) -> why;
        };
    }

    /** The refusal for an outcome that is not {@link Outcome.Stored}. */
    Rejection refusal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored() -> throw new IllegalArgumentException("a stored write is no refusal");
            case Outcome.Refused(int status, String words) ->
                new Rejection.Plain(reasonOf(status), "the receiver refused this write: " + words);
            case Outcome.Unrecognised(int status, String words) ->
                new Rejection.Plain(
                        Reason.RECEIVER_UNRECOGNISED,
                        "the receiver answered " + status
                                + " in words that the gateway does not know, so the write is to be sent again: "
                                + words);
            case Outcome.Limited(String words) ->
                new Rejection.Plain(
                        dropOnReceiverLimit ? Reason.RECEIVER_DROPPED : Reason.RECEIVER_LIMITED,
                        "the receiver limits this tenant: " + words);
            case Outcome.Misconfigured misconfigured ->
                new Rejection.Plain(
                        Reason.RECEIVER_MISCONFIGURED,
                        "what stands behind the gateway does not take writes, its operator has to look");
            case Outcome.Failed failed ->
                new Rejection.Plain(Reason.RECEIVER_FAILED, "the receiver failed on this write");
            case Outcome.Unavailable unavailable ->
                new Rejection.Plain(Reason.RECEIVER_UNAVAILABLE, "no receiver could take this write now");
        };
    }

    private static Reason reasonOf(int status) {
        return switch (status) {
            case 409 -> Reason.RECEIVER_CONFLICT;
            case 413 -> Reason.RECEIVER_TOO_LARGE;
            case 422 -> Reason.RECEIVER_UNPROCESSABLE;
            default -> Reason.RECEIVER_BAD_REQUEST;
        };
    }
}
