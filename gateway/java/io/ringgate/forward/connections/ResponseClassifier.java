package io.ringgate.forward.connections;

import io.ringgate.forward.AttemptSignal;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.StoredStatuses;
import java.util.function.LongSupplier;

/**
 * Turns the end of an attempt at one receiver into its {@link Outcome}; the table is there. One for each receiver and event
 * loop.
 */
final class ResponseClassifier {

    private static final Outcome STORED = new Outcome.Stored();

    private final Receiver receiver;
    private final StoredStatuses stored;
    private final long doubtNanos;
    private final LongSupplier clock;

    /**
     * @param stored the statuses that say stored
     * @param doubtNanos for how long a refusal with unknown words is not passed on
     */
    ResponseClassifier(Receiver receiver, StoredStatuses stored, long doubtNanos, LongSupplier clock) {
        this.receiver = receiver;
        this.stored = stored;
        this.doubtNanos = doubtNanos;
        this.clock = clock;
    }

    boolean isStored(int status) {
        return stored.contains(status);
    }

    Outcome stored() {
        return STORED;
    }

    Outcome answered(ReceiverAnswer answer) {
        int status = answer.status();
        if (isAboutWrites(answer)) {
            if (status == 429) {
                return new Outcome.Limited(answer.maskedWords());
            }
            RefusalWords about = answer.isPlain() ? RefusalWords.of(status, answer.line()) : RefusalWords.UNKNOWN;
            if (about != RefusalWords.ABOUT_THE_SETUP) {
                return refused(answer, about);
            }
        }
        String words = answer.words();
        String seen = "receiver " + receiver + " answered " + status + (words.isEmpty() ? "" : ": " + words);
        if (status >= 500) {
            return failed(answer, seen);
        }
        if (status < 200 || status >= 300) {
            return new Outcome.Misconfigured(seen);
        }
        return new Outcome.Misconfigured("receiver " + receiver + " answered " + status + body(answer)
                + ", which does not say that the write is stored: check receivers.write and receivers.stored");
    }

    /** What came is not an answer to our request. */
    Outcome notHttp(String why) {
        return new Outcome.Misconfigured("receiver " + receiver + " did not answer in HTTP: " + why);
    }

    /**
     * The connection ended before the answer was complete.
     *
     * @param silent not one byte of an answer had come
     */
    Outcome cut(boolean silent, String why) {
        return silent
                ? new Outcome.Unavailable(
                        "receiver " + receiver + " did not answer: " + why,
                        AttemptSignal.HUNG_UP,
                        Outcome.Next.OTHER_RECEIVER)
                : new Outcome.Failed(
                        "receiver " + receiver + " broke off its answer: " + why,
                        AttemptSignal.HUNG_UP,
                        Outcome.Next.OTHER_RECEIVER);
    }

    /**
     * The time was up after the request was on its way: the receiver may have stored it. Nobody else is asked: a
     * receiver that is slow under load must not be given the load again.
     */
    Outcome late() {
        return new Outcome.Unavailable(
                "receiver " + receiver + " did not answer in time", AttemptSignal.LATE, Outcome.Next.NOTHING);
    }

    /**
     * Nothing was sent.
     *
     * @param blamed it is the receiver's fault: it refused, or it had all the time that connecting may take
     */
    Outcome unreached(String why, boolean blamed) {
        return new Outcome.Unavailable(
                "receiver " + receiver + " cannot be reached: " + why,
                blamed ? AttemptSignal.UNREACHABLE : AttemptSignal.NOTHING,
                Outcome.Next.OTHER_RECEIVER);
    }

    private static Outcome failed(ReceiverAnswer answer, String seen) {
        if (answer.opening()) {
            return new Outcome.Failed(seen, AttemptSignal.NOTHING, Outcome.Next.WAIT);
        }
        boolean another = answer.status() == 503;
        return new Outcome.Failed(
                seen, AttemptSignal.SERVER_ERROR, another ? Outcome.Next.OTHER_RECEIVER : Outcome.Next.NOTHING);
    }

    /** A receiver gives this status to a write, and the body is no web page: that is a proxy's. */
    private static boolean isAboutWrites(ReceiverAnswer answer) {
        return switch (answer.status()) {
            case 400, 409, 413, 422, 429 -> !answer.foreign() && answer.media() != ReceiverAnswer.Media.HTML;
            default -> false;
        };
    }

    private Outcome refused(ReceiverAnswer answer, RefusalWords about) {
        String words = answer.maskedWords();
        long now = clock.getAsLong();
        boolean vouched = answer.isPlain() && receiver.unrecognised().hasStoredLately(now);
        if (about == RefusalWords.ABOUT_THE_WRITE
                || vouched
                || receiver.unrecognised().lasts(doubtNanos, now)) {
            return new Outcome.Refused(answer.status(), words);
        }
        return new Outcome.Unrecognised(answer.status(), words);
    }

    private static String body(ReceiverAnswer answer) {
        if (!answer.whole()) {
            return " with an endless body";
        }
        return switch (answer.media()) {
            case NONE -> "";
            case HTML -> " with a web page";
            case PLAIN, OTHER -> " with a body: " + answer.words();
        };
    }
}
