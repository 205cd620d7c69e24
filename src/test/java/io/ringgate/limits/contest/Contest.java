package io.ringgate.limits.contest;

import io.ringgate.limits.Quota;
import io.ringgate.limits.Rate;
import io.ringgate.limits.RateExceeded;
import io.ringgate.limits.RetryAfter;
import io.ringgate.limits.Spending;
import io.ringgate.limits.outage.Agenda;
import io.ringgate.reject.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Contenders at the rates of one tenant, through the limits in the order of the gateway. */
final class Contest {

    static final long SECOND = 1_000_000_000L;
    static final double MEAN_WRITE_SECONDS = 0.275;

    private static final long MILLI = 1_000_000L;
    private static final long BATCH_DEADLINE = 5 * SECOND;
    private static final int WINDOW = 60;

    /** Until the burst is gone, which is first come, first served. */
    private static final int BEFORE = 20;

    /** Packed, of one sample. */
    static final int BYTES = 20;

    private final Agenda agenda = new Agenda();
    private final SplittableRandom random;
    private final RetryAfter retryAfter = new RetryAfter();
    private final Quota.Shared tenant = new Quota.Shared();
    private final List<Edge> edges = new ArrayList<>();
    private final int seconds;

    /** By second. */
    private final long[] accepted;

    Contest(Map<Limit, Rate> rates, List<Contender> contenders, long seed, int seconds) {
        this.seconds = seconds;
        accepted = new long[seconds];
        random = new SplittableRandom(seed);
        tenant.use(rates, 0);
        contenders.forEach(contender -> edges.add(new Edge(contender)));
    }

    Contest run() {
        edges.forEach(Edge::start);
        agenda.run(seconds * SECOND);
        return this;
    }

    /** The least that an edge had of its fair share in any minute. */
    double worst(double perSecond) {
        double worst = Double.MAX_VALUE;
        double[] fair = MaxMin.shares(edges.stream().map(edge -> edge.is).toList(), perSecond);
        for (int i = 0; i < fair.length; i++) {
            worst = Math.min(worst, edges.get(i).least() / (fair[i] * WINDOW));
        }
        return worst;
    }

    /** Samples accepted in a second, once the burst is gone. */
    double total() {
        long sum = 0;
        for (int second = BEFORE; second < seconds; second++) {
            sum += accepted[second];
        }
        return (double) sum / (seconds - BEFORE);
    }

    /** By how much the samples of any window of whole seconds were more than the rate gives in it, at most. */
    long mostBeyond(long perSecond) {
        long beyond = 0;
        long most = 0;
        for (long samples : accepted) {
            beyond = Math.max(0, beyond + samples - perSecond);
            most = Math.max(most, beyond);
        }
        return most;
    }

    private final class Edge {
        private final Contender is;
        private final Quota quota = new Quota(tenant);
        private final long[] stored = new long[seconds];
        private long taken;

        private Edge(Contender is) {
            this.is = is;
            quota.weigh(is.weight());
        }

        private void start() {
            for (int shard = 0; shard < is.shards(); shard++) {
                agenda.in(random.nextLong(SECOND), this::next);
            }
        }

        private void next() {
            int batch = is.smallest() + random.nextInt(is.largest() - is.smallest() + 1);
            if (is.perSecond() == Contender.ENDLESS) {
                send(batch, 0);
                return;
            }
            long lacking = batch - there();
            if (lacking <= 0) {
                sendWhatIsThere(batch);
            } else {
                agenda.in(
                        Math.min(lacking * SECOND / is.perSecond() + 1, BATCH_DEADLINE), () -> sendWhatIsThere(batch));
            }
        }

        private long there() {
            return agenda.now() / 1000 * is.perSecond() / 1_000_000 - taken;
        }

        private void sendWhatIsThere(int most) {
            long there = Math.min(there(), most);
            if (there <= 0) {
                next();
                return;
            }
            taken += there;
            send((int) there, 0);
        }

        private void send(int samples, int attempt) {
            Spending spending = new Spending(quota);
            RateExceeded shortage = spending.begin((long) samples * BYTES, agenda.now());
            if (shortage != null) {
                again(samples, attempt, shortage);
                return;
            }
            long takes = random.nextLong(50 * MILLI, 500 * MILLI);
            agenda.in(takes / 2, () -> read(spending, samples, attempt, takes - takes / 2));
        }

        private void read(Spending spending, int samples, int attempt, long rest) {
            RateExceeded shortage = spending.samples(samples, agenda.now());
            if (shortage != null) {
                spending.keepRead((long) samples * BYTES, agenda.now());
                again(samples, attempt, shortage);
                return;
            }
            int second = (int) (agenda.now() / SECOND);
            stored[second] += samples;
            accepted[second] += samples;
            agenda.in(rest, this::next);
        }

        private void again(int samples, int attempt, RateExceeded shortage) {
            long sleep = switch (is.manners()) {
                case HONOURS -> retryAfter.seconds(shortage.waitNanos(), attempt, random, agenda.now()) * SECOND;
                case BACKS_OFF -> Math.min((30 * MILLI) << Math.min(attempt, 10), 5 * SECOND);
                case HAMMERS -> 20 * MILLI;
            };
            agenda.in(sleep + random.nextLong(20 * MILLI), () -> send(samples, attempt + 1));
        }

        private double least() {
            long least = Long.MAX_VALUE;
            for (int from = BEFORE; from + WINDOW <= seconds; from += 5) {
                long sum = 0;
                for (int second = from; second < from + WINDOW; second++) {
                    sum += stored[second];
                }
                least = Math.min(least, sum);
            }
            return least;
        }
    }
}
