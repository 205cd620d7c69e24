package io.ringgate.tls;

/** What is wrong with a certificate, key or CA file, as one sentence that names the file and says what to do. */
public final class TlsProblem extends Exception {

    private static final long serialVersionUID = 1L;

    TlsProblem(String sentence) {
        super(sentence);
    }

    TlsProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
