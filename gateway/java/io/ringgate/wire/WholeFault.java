package io.ringgate.wire;

import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;

/** A fault of the whole write, thrown from deep inside the walk to the codec. Carries no stack trace. */
final class WholeFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    WholeFault(Rejection rejection) {
        super(rejection.sentence(), null, false, false);
        this.rejection = rejection;
    }

    /** A fault of the message's structure at a byte of the unpacked message. */
    static WholeFault malformed(int at, String what) {
        return malformed("malformed protobuf message at byte " + at + ": " + what);
    }

    static WholeFault malformed(String sentence) {
        return new WholeFault(new Rejection.Plain(Reason.MALFORMED, sentence));
    }

    Rejection rejection() {
        return rejection;
    }
}
