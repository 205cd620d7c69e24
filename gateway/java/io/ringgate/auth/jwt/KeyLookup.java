package io.ringgate.auth.jwt;

import org.jspecify.annotations.Nullable;

/** Looks up the keys of an issuer. Any thread; never blocks. */
interface KeyLookup {

    /** The keys that may be used now; null while there are none, or while they are too old to be trusted. */
    @Nullable
    KeySet now();

    /**
     * Whether the key that a token names or needs is certainly missing. False when it may be published by now: then it is being
     * fetched.
     */
    boolean lacks(String kid);

    /** Without keys: no token can be verified. */
    KeyLookup NONE = new KeyLookup() {
        @Override
        public @Nullable KeySet now() {
            return null;
        }

        @Override
        public boolean lacks(String kid) {
            return false;
        }
    };

    /** The keys of a file, which has no others. */
    record InFile(KeySet now) implements KeyLookup {

        @Override
        public boolean lacks(String kid) {
            return true;
        }
    }
}
