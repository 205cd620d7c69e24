package io.ringgate.forward.health;

import io.ringgate.forward.Receiver;
import io.ringgate.forward.Suitability;
import io.ringgate.metrics.Metrics;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether the receivers are set up as configured: at the start, when the receivers or the ring change,
 * and every few minutes, sooner while something is wrong. It only reports: in the log once for each change, in a metric, and
 * in each receiver for {@code /status}. One for all loops, on one of them.
 */
public final class SuitabilityPoller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SuitabilityPoller.class);

    private static final long LOOK_MILLIS = 2_000;
    private static final long PAUSE_NANOS = 300_000_000_000L;
    private static final long PAUSE_WHILE_WRONG_NANOS = 60_000_000_000L;

    /**
     * What is asked for, as it is configured now.
     *
     * @param wanted null where no hashring file is configured: then no receiver is asked
     */
    public record Expectation(HealthPort page, @Nullable ExpectedRing wanted) {}

    private final Vertx vertx;
    private final Supplier<List<Receiver>> receivers;
    private final Supplier<Expectation> expectation;
    private final RandomGenerator random;
    private final LongSupplier clock;
    private @Nullable List<Receiver> asked;
    private @Nullable Expectation askedBy;
    private long nextRound;
    private boolean underWay;
    private volatile boolean closed;

    private SuitabilityPoller(
            Vertx vertx,
            Supplier<List<Receiver>> receivers,
            Supplier<Expectation> expectation,
            RandomGenerator random,
            LongSupplier nanoClock) {
        this.vertx = vertx;
        this.receivers = receivers;
        this.expectation = expectation;
        this.random = random;
        this.clock = nanoClock;
    }

    /**
     * Begins the first round at once.
     *
     * @param receivers gives another list when they have changed
     * @param random this poller's own
     */
    public static SuitabilityPoller start(
            Vertx vertx,
            Supplier<List<Receiver>> receivers,
            Metrics metrics,
            Supplier<Expectation> expectation,
            RandomGenerator random,
            LongSupplier nanoClock) {
        SuitabilityPoller poller = new SuitabilityPoller(vertx, receivers, expectation, random, nanoClock);
        for (Suitability.Fit fit : Suitability.Fit.values()) {
            if (fit.isProblem()) {
                metrics.gauge("ringgate_receivers_unsuitable", () -> poller.count(fit), "problem", fit.label());
            }
        }
        vertx.setTimer(1, id -> poller.poll());
        return poller;
    }

    private long count(Suitability.Fit fit) {
        return receivers.get().stream()
                .filter(receiver -> receiver.suitability().fit() == fit)
                .count();
    }

    @SuppressWarnings("ReferenceEquality") // the list is the same object as long as nothing changed
    private void poll() {
        if (closed) {
            return;
        }
        List<Receiver> now = receivers.get();
        Expectation by = expectation.get();
        if (!underWay && (now != asked || !by.equals(askedBy) || clock.getAsLong() - nextRound >= 0)) {
            asked = now;
            pollAll(now, by);
        }
        vertx.setTimer(LOOK_MILLIS, id -> poll());
    }

    private void pollAll(List<Receiver> all, Expectation by) {
        askedBy = by;
        if (by.wanted() == null) {
            all.forEach(receiver -> receiver.judged(Suitability.NOT_ASKED));
            nextRound = clock.getAsLong() + PAUSE_NANOS;
            return;
        }
        underWay = true;
        SuitabilityProbe.ask(vertx, by.page(), by.wanted(), all, SuitabilityPoller::judged)
                .onComplete(done -> {
                    underWay = false;
                    nextRound = clock.getAsLong() + jittered(anyWrong(all) ? PAUSE_WHILE_WRONG_NANOS : PAUSE_NANOS);
                });
    }

    private static boolean anyWrong(List<Receiver> all) {
        return all.stream().anyMatch(receiver -> receiver.suitability().fit() != Suitability.Fit.SUITABLE);
    }

    private long jittered(long pause) {
        return pause - pause / 5 + random.nextLong(2 * pause / 5);
    }

    private static void judged(Receiver receiver, Suitability suitability) {
        if (!receiver.judged(suitability)) {
            return;
        }
        if (suitability.fit().isProblem()) {
            LOG.atWarn()
                    .addKeyValue("receiver", receiver.label())
                    .addKeyValue("result", suitability.fit().label())
                    .addKeyValue("reason", suitability.sentence())
                    .log("receiver not set up as configured");
        } else {
            LOG.atInfo().addKeyValue("receiver", receiver.label()).log("receiver set up as configured again");
        }
    }

    /** No round begins any more. */
    @Override
    public void close() {
        closed = true;
    }
}
