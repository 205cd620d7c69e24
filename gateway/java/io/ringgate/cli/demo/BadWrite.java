package io.ringgate.cli.demo;

/** Why a stand-in receiver did not like what the gateway sent it, in one sentence. */
final class BadWrite extends Exception {

    private static final long serialVersionUID = 1;

    BadWrite(String sentence) {
        super(sentence, null, false, false);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
