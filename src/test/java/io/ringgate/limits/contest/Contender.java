package io.ringgate.limits.contest;

/**
 * One edge and how it writes.
 *
 * @param shards that send at the same time, each one batch after the other
 * @param smallest samples of a batch
 * @param largest samples of a batch
 * @param perSecond samples that it has to send, or {@link #ENDLESS}
 */
record Contender(int weight, int shards, int smallest, int largest, int perSecond, Manners manners) {

    static final int ENDLESS = 0;

    /** What it does when it is turned away. */
    enum Manners {
        /** Sleeps as long as Retry-After says. */
        HONOURS,
        /** Backs off as Prometheus does without the header: 30 ms, doubled to 5 s. */
        BACKS_OFF,
        /** Comes again at once. */
        HAMMERS
    }

    static Contender endless(int shards, int batch, Manners manners) {
        return new Contender(100, shards, batch, batch, ENDLESS, manners);
    }

    static Contender steady(int perSecond, int shards, int batch, Manners manners) {
        return new Contender(100, shards, batch, batch, perSecond, manners);
    }

    Contender weighing(int other) {
        return new Contender(other, shards, smallest, largest, perSecond, manners);
    }

    double meanBatch() {
        return (smallest + largest) / 2.0;
    }

    /** What it would send in a second if nobody turned it away. */
    double demand() {
        double most = shards * meanBatch() / Contest.MEAN_WRITE_SECONDS;
        return perSecond == ENDLESS ? most : Math.min(perSecond, most);
    }
}
