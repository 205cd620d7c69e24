package io.ringgate.forward;

import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * The result of one attempt at one receiver, and of the whole write after its last attempt. The receivers' rows of the
 * status table are here: what a receiver said, what the sender gets for it, what it says of the receiver.
 *
 * <pre>
 *   receiver                                       outcome        sender gets                         signal
 *   200, 204 (receivers.stored), little or no body Stored         204                                 ALIVE
 *   400, 409, 413, 422 about the write             Refused        the same status and its words       ALIVE
 *   the same with unknown words                    Unrecognised   503 receiver_unrecognised           BROKEN_ANSWER
 *   429                                            Limited        503 receiver_limited, or 429        ALIVE
 *   any other 1xx to 4xx, HTML, not HTTP           Misconfigured  503 receiver_misconfigured          BROKEN_ANSWER
 *   5xx                                            Failed         503 receiver_failed                 SERVER_ERROR
 *   a part of an answer                            Failed         503 receiver_failed                 HUNG_UP
 *   no connection                                  Unavailable    503 receiver_unavailable            UNREACHABLE
 *   no answer: closed, or too late                 Unavailable    503 receiver_unavailable            HUNG_UP, LATE
 * </pre>
 */
public sealed interface Outcome {

    /** What may follow an attempt while the write has time. */
    enum Next {
        NOTHING,
        /** This receiver surely or probably stored nothing, and storing twice does no harm. */
        OTHER_RECEIVER,
        /** The tenant's database is being opened: the same write after a wait. */
        WAIT
    }

    /** What it says of the receiver that was asked. */
    AttemptSignal signal();

    default Next next() {
        return Next.NOTHING;
    }

    /** Why the write was not stored, for the operator; null when the sender gets the receiver's own words. */
    default @Nullable String cause() {
        return null;
    }

    /**
     * The refusal that the sender gets.
     *
     * @param dropOnLimit {@code receiver_on_limit: drop}: a 429 stays a 429
     */
    Rejection refusal(boolean dropOnLimit);

    /** A receiver said that it stored the write. */
    record Stored() implements Outcome {
        @Override
        public AttemptSignal signal() {
            return AttemptSignal.ALIVE;
        }

        @Override
        public Rejection refusal(boolean dropOnLimit) {
            throw new IllegalStateException("a stored write is not refused");
        }
    }

    /** A refusal that repeating cannot change. Its words are quoted and have no addresses. */
    record Refused(int status, String words) implements Outcome {
        @Override
        public AttemptSignal signal() {
            return AttemptSignal.ALIVE;
        }

        @Override
        public Rejection refusal(boolean dropOnLimit) {
            Reason reason = switch (status) {
                case 409 -> Reason.RECEIVER_CONFLICT;
                case 413 -> Reason.RECEIVER_TOO_LARGE;
                case 422 -> Reason.RECEIVER_UNPROCESSABLE;
                default -> Reason.RECEIVER_BAD_REQUEST;
            };
            return new Rejection.Plain(reason, "the receiver refused this write: " + words);
        }
    }

    /**
     * The status of a refusal with unknown words, from a receiver that stored nothing lately: it may not be about the
     * write.
     */
    record Unrecognised(int status, String words) implements Outcome {
        @Override
        public AttemptSignal signal() {
            return AttemptSignal.BROKEN_ANSWER;
        }

        @Override
        public String cause() {
            return "the receiver answered " + status
                    + " in words that the gateway does not know, and stored nothing in the last 30 s: " + words;
        }

        @Override
        public Rejection refusal(boolean dropOnLimit) {
            return new Rejection.Plain(
                    Reason.RECEIVER_UNRECOGNISED,
                    "the receiver answered " + status
                            + " in words that the gateway does not know, send the write again: " + words);
        }
    }

    /** A receiver answered 429. */
    record Limited(String words) implements Outcome {
        @Override
        public AttemptSignal signal() {
            return AttemptSignal.ALIVE;
        }

        @Override
        public Rejection refusal(boolean dropOnLimit) {
            return new Rejection.Plain(
                    dropOnLimit ? Reason.RECEIVER_DROPPED : Reason.RECEIVER_LIMITED,
                    "the receiver limits this tenant: " + words);
        }
    }

    /** An answer that no receiver gives to a write: the address, or the receiver, is configured wrongly. */
    record Misconfigured(String cause) implements Outcome {
        @Override
        public AttemptSignal signal() {
            return AttemptSignal.BROKEN_ANSWER;
        }

        @Override
        public Rejection refusal(boolean dropOnLimit) {
            return new Rejection.Plain(
                    Reason.RECEIVER_MISCONFIGURED,
                    "the server at the receiver's address does not accept writes: the gateway's operator has to check"
                            + " receivers.write and the log");
        }
    }

    /** A receiver answered 5xx, or a part of an answer. */
    record Failed(String cause, AttemptSignal signal, Next next) implements Outcome {

        /** Says nothing of a receiver. */
        public Failed(String cause) {
            this(cause, AttemptSignal.NOTHING, Next.NOTHING);
        }

        @Override
        public Rejection refusal(boolean dropOnLimit) {
            return new Rejection.Plain(Reason.RECEIVER_FAILED, "the receiver failed on this write");
        }
    }

    /** No receiver could be reached, or none answered in time. */
    record Unavailable(String cause, AttemptSignal signal, Next next) implements Outcome {

        /** Says nothing of a receiver. */
        public Unavailable(String cause) {
            this(cause, AttemptSignal.NOTHING, Next.NOTHING);
        }

        @Override
        public Rejection refusal(boolean dropOnLimit) {
            return new Rejection.Plain(Reason.RECEIVER_UNAVAILABLE, "no receiver could take this write now");
        }
    }
}
