package io.ringgate.limits.outage;

import io.ringgate.limits.ConcurrentWrites;
import io.ringgate.limits.MemoryBudget;
import io.ringgate.limits.Quota;
import io.ringgate.limits.Rate;
import io.ringgate.limits.RateExceeded;
import io.ringgate.limits.Reservation;
import io.ringgate.limits.RetryAfter;
import io.ringgate.limits.Spending;
import io.ringgate.reject.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The first minutes after an hour in which nothing reached the central system: 200 agents of two tenants all try at the
 * same moment, since the backoff of a sender has no jitter.
 */
final class Outage {

    /** What a refused sender is told. */
    interface Answer {
        int seconds(long waitNanos, int attempt, RandomGenerator random, long now);

        /** By how many were refused lately: for one run. */
        static Answer ours() {
            return new RetryAfter()::seconds;
        }
    }

    static final Answer ONE_SECOND = (wait, attempt, random, now) -> 1;

    static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long HOUR_SECONDS = 3600;

    /** Samples that the central system stores in a second: both tenants' rates, and a little. */
    static final long CAPACITY = 320_000;

    private static final long ATTEMPT_DEADLINE = 10 * SECOND;
    private static final int WEIGHT = 100;

    /** Of a batch of 2,000 samples: packed, and with all copies at their worst. */
    private static final long PACKED = 100_000;

    private static final long WORST = 3_000_000;

    private static final long MOST_WRITES = 500;

    private final Agenda agenda = new Agenda();
    private final SplittableRandom random;
    private final Answer answer;
    private final ConcurrentWrites writes = new ConcurrentWrites();
    private final MemoryBudget budget = new MemoryBudget(512L << 20);
    private final List<Agent> agents = new ArrayList<>();
    private final int seconds;
    private long centralFree;

    final Tenant steady;
    final Tenant greedy;

    Outage(Answer answer, long seed, int seconds) {
        this.answer = answer;
        this.seconds = seconds;
        random = new SplittableRandom(seed);
        steady = tenant("steady", 500, 1, 4, new Rate(150_000, 1_500_000), 150);
        greedy = tenant("greedy", 750, 10, 50, new Rate(150_000, 1_500_000), 300);
        for (Tenant tenant : List.of(steady, greedy)) {
            for (int i = 0; i < tenant.agents(); i++) {
                agents.add(new Agent(this, tenant, i, HOUR_SECONDS * tenant.perAgent() + random.nextLong(Agent.BATCH)));
            }
        }
        agents.forEach(agent -> agent.start(random.nextLong(10 * SECOND)));
    }

    private Tenant tenant(String name, int perAgent, int shards, int mostShards, Rate samples, long requests) {
        Quota.Shared quota = new Quota.Shared();
        quota.use(
                Map.of(Limit.SAMPLES_PER_SECOND, samples, Limit.REQUESTS_PER_SECOND, new Rate(requests, 10 * requests)),
                0);
        return new Tenant(name, 100, perAgent, shards, mostShards, samples, quota, new Tenant.Tally(seconds));
    }

    Outage run() {
        agenda.run(seconds * SECOND);
        return this;
    }

    Agenda agenda() {
        return agenda;
    }

    long pending(Tenant tenant) {
        return agents.stream()
                .filter(a -> a.tenant.equals(tenant))
                .mapToLong(Agent::pending)
                .sum();
    }

    private int second() {
        return (int) (agenda.now() / SECOND);
    }

    /** An attempt of a sender, through the limits in the order of the gateway. */
    void write(Agent.Batch batch) {
        Agent agent = batch.agent;
        agent.tenant.tally().requests[second()]++;
        if (!(writes.enter(agent.share, MOST_WRITES) instanceof ConcurrentWrites.Entry.Entered)) {
            refuse(batch, 0);
            return;
        }
        Spending spending = new Spending(agent.quota);
        RateExceeded atOnce = spending.begin(PACKED, agenda.now());
        if (atOnce != null) {
            writes.leave(agent.share);
            refuse(batch, atOnce.waitNanos());
            return;
        }
        Reservation memory = budget.reserve(agent.share, WEIGHT, WORST, agenda.now());
        if (memory == null) {
            spending.undo(agenda.now());
            writes.leave(agent.share);
            refuse(batch, 0);
            return;
        }
        agenda.in(random.nextLong(50 * MILLI, 500 * MILLI), () -> read(batch, spending, memory));
    }

    /** The body is there. */
    private void read(Agent.Batch batch, Spending spending, Reservation memory) {
        RateExceeded shortage = spending.samples(batch.samples, agenda.now());
        if (shortage != null) {
            spending.undo(agenda.now());
            end(batch, memory);
            refuse(batch, shortage.waitNanos());
            return;
        }
        memory.shrinkTo(PACKED);
        centralFree = Math.max(centralFree, agenda.now()) + batch.samples * SECOND / CAPACITY;
        long wait = centralFree - agenda.now();
        if (wait > ATTEMPT_DEADLINE) {
            agenda.in(ATTEMPT_DEADLINE, () -> {
                spending.comesAgain(agenda.now());
                end(batch, memory);
                refuse(batch, 0);
            });
            return;
        }
        agenda.in(wait, () -> {
            end(batch, memory);
            Tenant.Tally tally = batch.agent.tenant.tally();
            tally.accepted[second()] += batch.samples;
            tally.delay[second()] = Math.max(tally.delay[second()], agenda.now() - batch.since);
            batch.agent.stored(batch);
        });
    }

    private void end(Agent.Batch batch, Reservation memory) {
        memory.release();
        writes.leave(batch.agent.share);
    }

    private void refuse(Agent.Batch batch, long waitNanos) {
        batch.agent.tenant.tally().refused[second()]++;
        long told = answer.seconds(waitNanos, batch.attempt, random, agenda.now()) * SECOND;
        batch.agent.refused(batch, told + random.nextLong(20 * MILLI));
    }
}
