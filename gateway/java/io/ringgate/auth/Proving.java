package io.ringgate.auth;

import io.ringgate.edge.Network;
import java.util.function.BooleanSupplier;

/** Where proofs are made that cost something: off the event loops, few at a time, and fair to every source. Any thread. */
public interface Proving {

    /**
     * Makes the proof later, on a thread of its own. False when it never will be: too much waits, or too many proofs of this
     * source under this name have failed lately.
     *
     * @param claimed who the caller says he is, untrusted
     * @param proof true when it proved him; false counts against the source and the name. It throws nothing
     */
    boolean begin(Network source, String claimed, BooleanSupplier proof);
}
