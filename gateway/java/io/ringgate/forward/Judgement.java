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
            case Ending.Unreached(String why) ->
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

    private static Outcome answered(Ending.Answered answer, Receiver receiver) {
        int status = answer.status();
        String words = answer.words();
        if (status == 400 || status == 409 || status == 413 || status == 422) {
            return new Outcome.Refused(status, words);
        }
        if (status == 429) {
            return new Outcome.Limited(words);
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
