package io.ringgate.http.framing;

/**
 * How far the head of the next request was searched for its end, as offsets from its first byte. So a head that comes byte by
 * byte is searched once, and not from its beginning for each byte. One for each connection.
 */
public final class HeadScan {

    /** Where the line begins that has no end yet. */
    int line;

    /** Up to here there is no end of that line. */
    int looked;

    public void restart() {
        line = 0;
        looked = 0;
    }
}
