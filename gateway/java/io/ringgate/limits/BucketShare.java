package io.ringgate.limits;

/**
 * One edge's share of one bucket: its pot, which {@link FairShares} fills, and the turns of its writes that were
 * refused. Guarded by the lock of the tenant.
 */
final class BucketShare {

    static final int USUAL_WEIGHT = 100;

    private static final long SECOND = 1_000_000_000L;

    /** A turn is at most this far ahead; a later one starts again at the first possible time. */
    static final long HORIZON = 60 * SECOND;

    /** An edge that asked within this time takes part. */
    private static final long LATELY = 10 * SECOND;

    /** How late after its turn an agent may come back: the widest jitter, and one second of rounding. */
    private static final long JITTER = 9 * SECOND;

    private int weight = USUAL_WEIGHT;
    private boolean active;
    private double pot;
    private boolean full;
    private long activeUntil;
    private long awaitedUntil;
    private long turn;
    private long lastAsked = 1;

    int weight() {
        return weight;
    }

    void weight(int other) {
        weight = other;
    }

    boolean isActive() {
        return active;
    }

    /** Tokens that are its own; below zero what it took ahead of its time. */
    double pot() {
        return pot;
    }

    void fill(double tokens) {
        pot += tokens;
    }

    /** A part of what it has, if it has anything. */
    double give(double part) {
        double given = Math.max(0, pot) * part;
        pot -= given;
        return given;
    }

    /** A part of what did not fit elsewhere. */
    void fillOpen(double tokensByWeight) {
        if (!full) {
            pot += tokensByWeight * weight;
        }
    }

    /** Takes out what is above the brim, and is full then. */
    double spill(double brimByWeight) {
        return spillOver(brimByWeight * weight);
    }

    /** The same for a pot that must be able to save up for refused writes. */
    double spillAwaited(double brimByWeight) {
        return spillOver(Math.max(brimByWeight * weight, 2.0 * lastAsked));
    }

    private double spillOver(double brim) {
        full = pot >= brim;
        double over = full ? pot - brim : 0;
        pot = full ? brim : pot;
        return over;
    }

    boolean isFull() {
        return full;
    }

    void enter(double tokens, long now) {
        active = true;
        pot = tokens;
        activeUntil = now;
        awaitedUntil = now;
        turn = now;
    }

    void leave() {
        active = false;
        pot = 0;
    }

    long lastAsked() {
        return lastAsked;
    }

    void asks(long tokens, long now) {
        lastAsked = tokens;
        asks(now);
    }

    /** A write whose size is not known yet. */
    void asks(long now) {
        activeUntil = Math.max(activeUntil - now, LATELY) + now;
    }

    boolean askedLately(long now) {
        return activeUntil - now > 0;
    }

    /** Whether a refused write of it may still come back. */
    boolean isAwaited(long now) {
        return awaitedUntil - now > 0;
    }

    /**
     * Puts the write behind those of its edge that were refused before, each by what it asks for.
     *
     * @param soonest nanoseconds until there is something for it
     * @param perSecond tokens that its edge gets
     * @return nanoseconds from now
     */
    long nextTurn(long soonest, double perSecond, long now) {
        long behind = turn - now;
        long ahead =
                behind > 0 ? behind + (long) Math.min(Math.ceil(lastAsked * SECOND / perSecond), HORIZON) : soonest;
        if (ahead < soonest || ahead > HORIZON) {
            ahead = soonest;
        }
        turn = now + ahead;
        long back = Math.min(ahead, HORIZON) + JITTER;
        awaitedUntil = Math.max(awaitedUntil - now, back) + now;
        activeUntil = Math.max(activeUntil - now, back) + now;
        return ahead;
    }
}
