package io.ringgate.forward.connections;

/** How one attempt at one receiver ended. */
public sealed interface Ending {

    /** A whole answer that says that the write is stored. */
    record Stored() implements Ending {}

    /**
     * Any other complete and well-formed answer, or its status and as much of its body as we read.
     *
     * @param page its body
     * @param whole false when the body went on and we left
     * @param opening it is Thanos's word that the tenant's database is only being opened
     * @param foreign no receiver says this: it comes from whoever guards a port that we should not speak to like this
     */
    record Answered(int status, Page page, boolean whole, boolean opening, boolean foreign) implements Ending {}

    /** What came is not an answer to our request. */
    record Garbled(String why) implements Ending {}

    /**
     * The connection ended before the answer was complete.
     *
     * @param silent not one byte of an answer had come
     */
    record Cut(boolean silent, String why) implements Ending {}

    /** The time was up after the request was on its way: the receiver may have stored it. */
    record Late() implements Ending {}

    /**
     * There was no connection, so nothing was sent.
     *
     * @param blamed it is the receiver's fault: it refused, or it had all the time that connecting may take
     */
    record Unreached(String why, boolean blamed) implements Ending {}
}
