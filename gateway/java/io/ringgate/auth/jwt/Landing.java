package io.ringgate.auth.jwt;

/** What came of a verification. */
sealed interface Landing {

    record Proven(Known known) implements Landing {}

    /** The key has not made the signature. */
    record Wrong() implements Landing {}

    /** The verification itself broke. */
    record Failed() implements Landing {}

    /** There was no room for it. */
    record NotRun() implements Landing {}
}
