package io.ringgate.auth.jwt;

import org.jspecify.annotations.Nullable;

/** Where a token's key is looked up. Any thread; never blocks. */
interface KeyLookup {

    /** Those that may be used now; null while there are none, or while they are too old to be trusted. */
    @Nullable
    KeySet now();

    /**
     * That a token names a key, or needs one, that {@link #now} lacks. True when that is certain; false when it may turn up
     * any moment: then it is being asked for.
     */
    boolean lacks(String kid);

    /** Where none can be had: nobody can be judged. */
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

    /** From a file, which is all there is. */
    record InFile(KeySet now) implements KeyLookup {

        @Override
        public boolean lacks(String kid) {
            return true;
        }
    }
}
