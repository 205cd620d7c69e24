package io.ringgate.http;

/**
 * Where a connection stands in time, and what is to become of it. Pure.
 *
 * @param phase what it is at
 * @param headBegun whether a byte of the next request is there
 * @param open whether the handshake is over, and the header of a proxy is there
 * @param phaseNanos how long it has been at that
 * @param strangeNanos how long nobody has authenticated on it, without our own checks
 * @param retired whether it is old enough to end with its next answer
 * @param leaving whether the gateway drains
 */
record ConnectionAge(
        ConnectionPhase phase,
        boolean headBegun,
        boolean open,
        long phaseNanos,
        long strangeNanos,
        boolean retired,
        boolean leaving) {

    /** What becomes of it. */
    enum Verdict {
        GOES_ON,
        /** It ends politely. */
        ENDS,
        CLOSES,
        /** Nobody has authenticated on it for too long. */
        STAYS_STRANGE
    }

    Verdict judge(EdgeTimes times) {
        Verdict byPhase = byPhase(times);
        boolean strange = strangeNanos > times.authenticate().toNanos();
        return byPhase == Verdict.GOES_ON && strange && phase != ConnectionPhase.LINGERING
                ? Verdict.STAYS_STRANGE
                : byPhase;
    }

    private Verdict byPhase(EdgeTimes times) {
        return switch (phase) {
            case HEAD -> atHead(times);
            case SWALLOWING -> after(times.swallow().toNanos(), Verdict.ENDS);
            case LINGERING -> after(times.swallow().toNanos(), Verdict.CLOSES);
            case SERVING, CLOSED -> Verdict.GOES_ON;
        };
    }

    private Verdict atHead(EdgeTimes times) {
        if (headBegun) {
            return after(times.headers().toNanos(), Verdict.CLOSES);
        }
        if (!open) {
            return after(times.tlsHandshake().toNanos(), Verdict.CLOSES);
        }
        return after(leaving ? Watchdog.PERIOD_NANOS : times.silence(retired), Verdict.ENDS);
    }

    private Verdict after(long nanos, Verdict then) {
        return phaseNanos > nanos ? then : Verdict.GOES_ON;
    }
}
