package io.ringgate.auth;

/** A document that somebody else sent is not what it should be. The sentence is ours and quotes nothing that is secret. */
public final class InvalidDocument extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    public InvalidDocument(String sentence) {
        super(sentence, null, false, false);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
