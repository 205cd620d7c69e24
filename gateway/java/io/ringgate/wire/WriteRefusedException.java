package io.ringgate.wire;

import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;

/** A fault that refuses the whole write, thrown inside the walk and caught by the codec. Carries no stack trace. */
final class WriteRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    WriteRefusedException(Rejection rejection) {
        super(rejection.sentence(), null, false, false);
        this.rejection = rejection;
    }

    /** A fault of the message's structure at a byte of the unpacked message. */
    static WriteRefusedException malformed(int at, String what) {
        return malformed("malformed protobuf message at byte " + at + ": " + what);
    }

    static WriteRefusedException malformed(String sentence) {
        return new WriteRefusedException(new Rejection.Plain(Reason.MALFORMED, sentence));
    }

    Rejection rejection() {
        return rejection;
    }
}
