package io.ringgate.tls;

/** What is wrong with a certificate, key or CA file, as one sentence that names the file and says what to do. */
public final class TlsProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    TlsProblem(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    TlsProblem(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
