package io.ringgate.http;

/**
 * Which timeout of a connection is over, and what happens to it then. Pure.
 *
 * @param open whether the handshake is over and the PROXY header was read
 * @param stateNanos how long it has been in this state
 * @param unauthenticatedNanos how long nobody has authenticated on it, without the time of our own verifications
 * @param retired whether it is past its maximum age
 * @param draining whether the gateway drains
 */
record ConnectionTimeouts(
        ConnectionState state,
        boolean open,
        long stateNanos,
        long unauthenticatedNanos,
        boolean retired,
        boolean draining) {

    /** What happens to it. */
    enum Verdict {
        CONTINUE,
        /** It ends after what was answered. */
        END,
        CLOSE,
        /** Nobody has authenticated on it for too long. */
        NOT_AUTHENTICATED
    }

    Verdict check(EdgeTimeouts times) {
        Verdict byState = byState(times);
        boolean unauthenticated = unauthenticatedNanos > times.authenticate().toNanos();
        return byState == Verdict.CONTINUE && unauthenticated && !(state instanceof ConnectionState.Lingering)
                ? Verdict.NOT_AUTHENTICATED
                : byState;
    }

    private Verdict byState(EdgeTimeouts times) {
        return switch (state) {
            case ConnectionState.ReadingHead head -> readingHead(head.isBegun(), times);
            case ConnectionState.Discarding discarding -> after(times.discard().toNanos(), Verdict.END);
            case ConnectionState.Lingering lingering -> after(times.discard().toNanos(), Verdict.CLOSE);
            case ConnectionState.Serving serving -> Verdict.CONTINUE;
            case ConnectionState.Closed closed -> Verdict.CONTINUE;
        };
    }

    private Verdict readingHead(boolean begun, EdgeTimeouts times) {
        if (begun) {
            return after(times.headers().toNanos(), Verdict.CLOSE);
        }
        if (!open) {
            return after(times.tlsHandshake().toNanos(), Verdict.CLOSE);
        }
        return after(draining ? Watchdog.PERIOD_NANOS : times.silence(retired), Verdict.END);
    }

    private Verdict after(long nanos, Verdict then) {
        return stateNanos > nanos ? then : Verdict.CONTINUE;
    }
}
