package io.ringgate.auth;

import io.ringgate.edge.Network;

/** Where proofs are made that cost something: off the event loops, few at a time, and fair to every source. Any thread. */
public interface Proving {

    /**
     * Makes the proof later, on a thread of its own. False when it never will be: too much waits, or too many proofs of this
     * source under this name have failed lately.
     *
     * @param claimed who the caller says he is, untrusted
     */
    boolean begin(Network source, String claimed, Proof proof);

    /** One proof. Of its two methods one is called, once; they throw nothing. */
    interface Proof {

        /** True when it proved the caller; false counts against the source and the name. */
        boolean make();

        /** It had to leave its place to somebody else's, so nothing is known. */
        void dropped();
    }
}
