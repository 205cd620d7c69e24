package io.ringgate.http;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param tlsHandshake from the connection to the end of the handshake
 * @param authenticate from the connection to the first edge that authenticates on it, without what our own checks take
 * @param headers from the first byte of a request to the end of its headers
 * @param idle between two requests
 * @param writeDeadline from the first byte of a write to its answer
 * @param minRate the fewest bytes a second a body may come with
 * @param minRateAfter how long a body may be slower than that at its beginning
 * @param discard how long the rest of a refused body is discarded, and how long a closed connection lingers
 */
public record EdgeTimeouts(
        Duration tlsHandshake,
        Duration authenticate,
        Duration headers,
        Duration idle,
        Duration writeDeadline,
        long minRate,
        Duration minRateAfter,
        Duration discard) {

    /** An old connection that is silent for this part of the idle time is ended without waiting for an answer. */
    private static final int QUIET_PART = 4;

    /** How long a connection between two requests may be silent, in nanoseconds. */
    long silence(boolean retired) {
        return idle.toNanos() / (retired ? QUIET_PART : 1);
    }
}
