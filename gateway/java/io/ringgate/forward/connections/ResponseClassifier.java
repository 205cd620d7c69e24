package io.ringgate.forward.connections;

import io.ringgate.forward.AttemptSignal;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.UnrecognisedRefusals;

/** What an ending means: for the write, and for another attempt. */
public final class ResponseClassifier {

    private static final Outcome STORED = new Outcome.Stored();

    private ResponseClassifier() {}

    /**
     * What the ending means for the write. The receiver learns from it what it stored and whether it is doubted.
     *
     * @param doubt for how long a refusal in unknown words is not believed
     */
    public static Outcome outcome(Ending ending, Receiver receiver, long doubt, long now) {
        return switch (ending) {
            case Ending.Stored _ -> {
                receiver.doubt().stored(now);
                yield STORED;
            }
            case Ending.Answered answer -> answered(answer, receiver, doubt, now);
            case Ending.Garbled(String why) ->
                new Outcome.Misconfigured("receiver " + receiver + " did not answer in HTTP: " + why);
            case Ending.Cut(boolean silent, String why) ->
                silent
                        ? new Outcome.Unavailable("receiver " + receiver + " did not answer: " + why)
                        : new Outcome.Failed("receiver " + receiver + " broke off its answer: " + why);
            case Ending.Late() -> new Outcome.Unavailable("receiver " + receiver + " did not answer in time");
            case Ending.Unreached(String why, boolean blamed) ->
                new Outcome.Unavailable("receiver " + receiver + " cannot be reached: " + why);
        };
    }

    /**
     * True when another receiver may be asked: this one surely or probably stored nothing, and storing twice does no
     * harm. After a deadline nobody is asked: whoever is slow under load must not be given the load again.
     */
    public static boolean deservesAnother(Ending ending) {
        return switch (ending) {
            case Ending.Stored s -> false;
            case Ending.Unreached u -> true;
            case Ending.Cut c -> true;
            case Ending.Answered answer -> answer.status() == 503;
            case Ending.Garbled g -> false;
            case Ending.Late l -> false;
        };
    }

    /**
     * What the ending says of the receiver. Lateness counts when the receiver had at least half of the time that an attempt
     * may take: a write whose own time is nearly over proves nothing.
     */
    public static AttemptSignal sign(Ending ending, Outcome outcome, boolean hadTime) {
        return switch (ending) {
            case Ending.Stored s -> AttemptSignal.ALIVE;
            case Ending.Answered answer -> sign(answer, outcome);
            case Ending.Garbled g -> AttemptSignal.BROKEN_ANSWER;
            case Ending.Cut c -> AttemptSignal.HUNG_UP;
            case Ending.Late l -> hadTime ? AttemptSignal.LATE : AttemptSignal.NOTHING;
            case Ending.Unreached u -> u.blamed() ? AttemptSignal.UNREACHABLE : AttemptSignal.NOTHING;
        };
    }

    private static AttemptSignal sign(Ending.Answered answer, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused r -> AttemptSignal.ALIVE;
            case Outcome.Limited l -> AttemptSignal.ALIVE;
            case Outcome.Failed f -> answer.opening() ? AttemptSignal.NOTHING : AttemptSignal.SERVER_ERROR;
            default -> AttemptSignal.BROKEN_ANSWER;
        };
    }

    /** Why a write failed, for the operator. */
    public static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(String why) -> why;
            case Outcome.Unavailable(String why) -> why;
            case Outcome.Misconfigured(String why) -> why;
            case Outcome.Unrecognised(int status, String words) ->
                "it refuses writes in words that are not known: " + status + " " + words;
            case Outcome.Stored s -> "";
            case Outcome.Refused r -> "";
            case Outcome.Limited l -> "";
        };
    }

    private static Outcome answered(Ending.Answered answer, Receiver receiver, long doubt, long now) {
        int status = answer.status();
        if (isOfTheWrite(answer)) {
            if (status == 429) {
                return new Outcome.Limited(answer.page().maskedWords());
            }
            Page page = answer.page();
            RefusalWords about = page.isPlain() ? RefusalWords.of(status, page.line()) : RefusalWords.UNKNOWN;
            if (about != RefusalWords.ABOUT_THE_SETUP) {
                return refused(answer, about, receiver.doubt(), doubt, now);
            }
        }
        String words = answer.page().words();
        String seen = "receiver " + receiver + " answered " + status + (words.isEmpty() ? "" : ": " + words);
        if (status >= 500) {
            return new Outcome.Failed(seen);
        }
        if (status < 200 || status >= 300) {
            return new Outcome.Misconfigured(seen);
        }
        return new Outcome.Misconfigured("receiver " + receiver + " answered " + status + what(answer)
                + ", so nothing is believed to be stored: are receivers.write and receivers.stored right?");
    }

    /** The status is one that a receiver gives to a write, and no web page: that is a proxy's. Any other 4xx is nobody's word. */
    private static boolean isOfTheWrite(Ending.Answered answer) {
        return switch (answer.status()) {
            case 400, 409, 413, 422, 429 -> !answer.foreign() && answer.page().media() != Page.Media.HTML;
            default -> false;
        };
    }

    private static Outcome refused(
            Ending.Answered answer, RefusalWords about, UnrecognisedRefusals receiver, long doubt, long now) {
        String words = answer.page().maskedWords();
        boolean vouched = answer.page().isPlain() && receiver.hasStoredLately(now);
        if (about == RefusalWords.ABOUT_THE_WRITE || vouched || receiver.lasts(doubt, now)) {
            return new Outcome.Refused(answer.status(), words);
        }
        return new Outcome.Unrecognised(answer.status(), words);
    }

    private static String what(Ending.Answered answer) {
        if (!answer.whole()) {
            return " with a page that has no end";
        }
        return switch (answer.page().media()) {
            case NONE -> "";
            case HTML -> " with a web page";
            case PLAIN, OTHER -> " with a body: " + answer.page().words();
        };
    }
}
