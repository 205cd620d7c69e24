package io.ringgate.http;

/**
 * Where a connection stands in time, and what is to become of it. Pure.
 *
 * @param open whether the handshake is over, and the header of a proxy is there
 * @param stateNanos how long it has been in this state
 * @param strangeNanos how long nobody has authenticated on it, without our own checks
 * @param retired whether it is old enough to end with its next answer
 * @param leaving whether the gateway drains
 */
record ConnectionTimeouts(
        ConnectionState state, boolean open, long stateNanos, long strangeNanos, boolean retired, boolean leaving) {

    /** What becomes of it. */
    enum Verdict {
        GOES_ON,
        /** It ends politely. */
        ENDS,
        CLOSES,
        /** Nobody has authenticated on it for too long. */
        STAYS_STRANGE
    }

    Verdict judge(EdgeTimeouts times) {
        Verdict byState = byState(times);
        boolean strange = strangeNanos > times.authenticate().toNanos();
        return byState == Verdict.GOES_ON && strange && !(state instanceof ConnectionState.Lingering)
                ? Verdict.STAYS_STRANGE
                : byState;
    }

    private Verdict byState(EdgeTimeouts times) {
        return switch (state) {
            case ConnectionState.ReadingHead head -> readingHead(head.isBegun(), times);
            case ConnectionState.Discarding discarding -> after(times.discard().toNanos(), Verdict.ENDS);
            case ConnectionState.Lingering lingering -> after(times.discard().toNanos(), Verdict.CLOSES);
            case ConnectionState.Serving serving -> Verdict.GOES_ON;
            case ConnectionState.Closed closed -> Verdict.GOES_ON;
        };
    }

    private Verdict readingHead(boolean begun, EdgeTimeouts times) {
        if (begun) {
            return after(times.headers().toNanos(), Verdict.CLOSES);
        }
        if (!open) {
            return after(times.tlsHandshake().toNanos(), Verdict.CLOSES);
        }
        return after(leaving ? Watchdog.PERIOD_NANOS : times.silence(retired), Verdict.ENDS);
    }

    private Verdict after(long nanos, Verdict then) {
        return stateNanos > nanos ? then : Verdict.GOES_ON;
    }
}
