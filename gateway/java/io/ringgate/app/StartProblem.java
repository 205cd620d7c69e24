package io.ringgate.app;

/** Why the gateway does not start, in one sentence for the operator. */
public final class StartProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    public StartProblem(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public StartProblem(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
