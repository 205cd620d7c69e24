package io.ringgate.forward;

/** What an ending means: for the write, and for another attempt. */
final class Judgement {

    private Judgement() {}

    static Outcome outcome(Ending ending, Receiver receiver) {
        return switch (ending) {
            case Ending.Answered answer -> answered(answer, receiver);
            case Ending.Garbled(String why) ->
                new Outcome.Failed("receiver " + receiver + " did not answer in HTTP: " + why);
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
    static boolean deservesAnother(Ending ending) {
        return switch (ending) {
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
    static Sign sign(Ending ending, boolean hadTime) {
        return switch (ending) {
            case Ending.Answered answer -> sign(answer);
            case Ending.Garbled g -> Sign.BROKEN_ANSWER;
            case Ending.Cut c -> Sign.HUNG_UP;
            case Ending.Late l -> hadTime ? Sign.LATE : Sign.NOTHING;
            case Ending.Unreached u -> u.blamed() ? Sign.UNREACHABLE : Sign.NOTHING;
        };
    }

    private static Sign sign(Ending.Answered answer) {
        int status = answer.status();
        if (status >= 500) {
            return answer.opening() ? Sign.NOTHING : Sign.SERVER_ERROR;
        }
        boolean known = isOfTheWrite(answer) || (status / 100 == 2 && answer.whole());
        return known ? Sign.ALIVE : Sign.BROKEN_ANSWER;
    }

    /** A receiver's word on the write. Any other 4xx comes from the wrong place, or from a receiver that is set up wrongly. */
    private static boolean isOfTheWrite(Ending.Answered answer) {
        return switch (answer.status()) {
            case 400, 409, 413, 422, 429 -> !answer.foreign();
            default -> false;
        };
    }

    /** Why a write failed, for the operator. */
    static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(String why) -> why;
            case Outcome.Unavailable(String why) -> why;
            case Outcome.Misconfigured(String why) -> why;
            case Outcome.Stored s -> "";
            case Outcome.Refused r -> "";
            case Outcome.Limited l -> "";
        };
    }

    private static Outcome answered(Ending.Answered answer, Receiver receiver) {
        int status = answer.status();
        String words = answer.words();
        if (isOfTheWrite(answer)) {
            return status == 429 ? new Outcome.Limited(words) : new Outcome.Refused(status, words);
        }
        String seen = "receiver " + receiver + " answered " + status + (words.isEmpty() ? "" : ": " + words);
        if (status >= 500) {
            return new Outcome.Failed(seen);
        }
        if (status < 200 || status >= 300) {
            return new Outcome.Misconfigured(seen);
        }
        return answer.whole()
                ? new Outcome.Stored()
                : new Outcome.Misconfigured("receiver " + receiver + " answered " + status
                        + " with a page that has no end; is its path right?");
    }
}
