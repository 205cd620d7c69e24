package io.ringgate.auth.jwt;

/** What others sent cannot be taken. The sentence is ours and quotes nothing that is secret. */
public final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    Unfit(String sentence) {
        super(sentence, null, false, false);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
