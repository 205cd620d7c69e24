package io.ringgate.limits.outage;

import io.ringgate.edge.EdgeName;
import io.ringgate.limits.EdgeShare;
import io.ringgate.limits.Quota;

/**
 * A Prometheus that writes to the gateway: its log in order, one batch for each shard at a time, repeated for ever. It
 * sleeps as long as Retry-After says. Every ten seconds in which a batch was stored it looks whether it needs more shards.
 */
final class Agent {

    static final int BATCH = 2_000;

    private static final long SECOND = 1_000_000_000L;
    private static final long BATCH_DEADLINE = 5 * SECOND;
    private static final long LOOK = 10 * SECOND;

    /** A batch on its way, with how often it was tried and since when. */
    static final class Batch {
        final Agent agent;
        final int samples;
        final long since;
        int attempt;

        private Batch(Agent agent, int samples, long since) {
            this.agent = agent;
            this.samples = samples;
            this.since = since;
        }
    }

    final Tenant tenant;
    final EdgeShare share;
    final Quota quota;
    private final Outage outage;
    private final long backlog;
    private long taken;
    private long stored;
    private int shards;
    private int running;
    private long storedOfLate;
    private long busyOfLate;

    Agent(Outage outage, Tenant tenant, int number, long backlog) {
        this.outage = outage;
        this.tenant = tenant;
        share = new EdgeShare(new EdgeName(tenant.name() + "-" + number));
        quota = new Quota(tenant.quota());
        this.backlog = backlog;
        shards = tenant.shards();
    }

    void start(long firstLook) {
        startShards();
        outage.agenda().in(firstLook, this::look);
    }

    private void startShards() {
        for (; running < shards; running++) {
            next();
        }
    }

    long pending() {
        return produced() - stored;
    }

    private long produced() {
        return backlog + outage.agenda().now() / 1000 * tenant.perAgent() / 1_000_000;
    }

    private void next() {
        if (running > shards) {
            running--;
            return;
        }
        long there = produced() - taken;
        if (there >= BATCH) {
            send();
        } else {
            long full = (BATCH - there) * SECOND / tenant.perAgent();
            outage.agenda().in(Math.min(full, BATCH_DEADLINE), this::send);
        }
    }

    private void send() {
        long there = Math.min(produced() - taken, BATCH);
        if (there <= 0) {
            next();
            return;
        }
        taken += there;
        outage.write(new Batch(this, (int) there, outage.agenda().now()));
    }

    void stored(Batch batch) {
        stored += batch.samples;
        storedOfLate += batch.samples;
        busyOfLate += outage.agenda().now() - batch.since;
        next();
    }

    void refused(Batch batch, long retryAfterNanos) {
        batch.attempt++;
        outage.agenda().in(retryAfterNanos, () -> outage.write(batch));
    }

    /** The reckoning of Prometheus: time for a sample, times what comes in and a twentieth of what waits. */
    private void look() {
        if (storedOfLate > 0) {
            double timeForOne = (double) busyOfLate / storedOfLate / SECOND;
            double wanted = timeForOne * (tenant.perAgent() + 0.05 * pending());
            if (wanted < 0.7 * shards || wanted > 1.3 * shards) {
                shards = (int) Math.clamp(Math.ceil(wanted), 1, tenant.mostShards());
                startShards();
            }
        }
        storedOfLate = 0;
        busyOfLate = 0;
        outage.agenda().in(LOOK, this::look);
    }
}
