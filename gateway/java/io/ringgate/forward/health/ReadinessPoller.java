package io.ringgate.forward.health;

import io.ringgate.forward.Readiness;
import io.ringgate.forward.Receiver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Asks every receiver's readiness page again and again, and leaves the answer as a hint and its date as a reading of the
 * receiver's clock. One for all loops, on one of them and never in the way of a write; the next round begins some seconds
 * after the last answer of the one before. A page that cannot be asked is no hint.
 */
public final class ReadinessPoller implements AutoCloseable {

    private static final long PAUSE_MILLIS = 5_000;
    private static final long PATIENCE_MILLIS = 2_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final Supplier<List<Receiver>> receivers;
    private final HealthPort page;
    private final RandomGenerator random;
    private final LongSupplier clock;
    private volatile boolean closed;

    private ReadinessPoller(
            Vertx vertx,
            Supplier<List<Receiver>> receivers,
            HealthPort page,
            RandomGenerator random,
            LongSupplier nanoClock) {
        this.vertx = vertx;
        this.receivers = receivers;
        this.page = page;
        this.random = random;
        this.clock = nanoClock;
        this.client = HealthClient.open(vertx, page, PATIENCE_MILLIS);
    }

    /**
     * Begins the first round at once.
     *
     * @param random this poller's own
     */
    public static ReadinessPoller start(
            Vertx vertx,
            Supplier<List<Receiver>> receivers,
            HealthPort page,
            RandomGenerator random,
            LongSupplier nanoClock) {
        ReadinessPoller poller = new ReadinessPoller(vertx, receivers, page, random, nanoClock);
        vertx.setTimer(1, id -> poller.round());
        return poller;
    }

    private void round() {
        if (closed) {
            return;
        }
        List<Future<Void>> asked = new ArrayList<>();
        try {
            for (Receiver receiver : receivers.get()) {
                asked.add(ask(receiver));
            }
        } catch (IllegalStateException clientIsClosed) {
            if (closed) {
                return;
            }
            throw clientIsClosed;
        }
        long pause = PAUSE_MILLIS - PAUSE_MILLIS / 5 + random.nextLong(2 * PAUSE_MILLIS / 5);
        Future.join(asked).onComplete(all -> vertx.setTimer(pause, id -> round()));
    }

    private Future<Void> ask(Receiver receiver) {
        return client.request(HealthClient.get(page, page.path(), receiver, PATIENCE_MILLIS))
                .compose(sent -> {
                    long asked = clock.getAsLong();
                    return sent.send().map(answer -> {
                        int status = answer.statusCode();
                        receiver.clock().read(answer.getHeader(HttpHeaders.DATE), asked, clock.getAsLong());
                        // The body says nothing more, however long it is: nobody need hear that it was cut off.
                        answer.exceptionHandler(cut -> {});
                        sent.reset();
                        return status;
                    });
                })
                .map(ReadinessPoller::hint)
                .otherwise(Readiness.UNKNOWN)
                .onSuccess(hint -> receiver.health().setReadiness(hint, clock.getAsLong()))
                .mapEmpty();
    }

    private static Readiness hint(int status) {
        return switch (status) {
            case 200 -> Readiness.READY;
            case 503 -> Readiness.NOT_READY;
            default -> Readiness.UNKNOWN;
        };
    }

    /** No round begins any more. */
    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
