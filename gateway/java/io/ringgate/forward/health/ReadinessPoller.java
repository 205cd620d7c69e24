package io.ringgate.forward.health;

import io.ringgate.forward.Readiness;
import io.ringgate.forward.Receiver;
import io.ringgate.forward.ReceiverClock;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
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
    private final HealthClient client;
    private final Supplier<List<Receiver>> receivers;
    private final HealthPort port;
    private final RandomGenerator random;
    private final LongSupplier clock;
    private volatile boolean closed;

    private ReadinessPoller(
            Vertx vertx,
            Supplier<List<Receiver>> receivers,
            HealthPort port,
            RandomGenerator random,
            LongSupplier nanoClock) {
        this.vertx = vertx;
        this.receivers = receivers;
        this.port = port;
        this.random = random;
        this.clock = nanoClock;
        this.client = HealthClient.open(vertx, port, PATIENCE_MILLIS);
    }

    /**
     * Begins the first round at once.
     *
     * @param random this poller's own
     */
    public static ReadinessPoller start(
            Vertx vertx,
            Supplier<List<Receiver>> receivers,
            HealthPort port,
            RandomGenerator random,
            LongSupplier nanoClock) {
        ReadinessPoller poller = new ReadinessPoller(vertx, receivers, port, random, nanoClock);
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
        Promise<Readiness> said = Promise.promise();
        client.get(port.path(), receiver, PATIENCE_MILLIS, new StatusReader(receiver.clock(), said));
        return said.future()
                .onSuccess(readiness -> receiver.health().setReadiness(readiness, clock.getAsLong()))
                .mapEmpty();
    }

    /** Reads the status and the date. The body says nothing more, however long it is. */
    private final class StatusReader implements PageReader {

        private final ReceiverClock theirClock;
        private final Promise<Readiness> said;
        private long asked;

        StatusReader(ReceiverClock theirClock, Promise<Readiness> said) {
            this.theirClock = theirClock;
            this.said = said;
        }

        @Override
        public void sending() {
            asked = clock.getAsLong();
        }

        @Override
        public boolean head(int status, MultiMap headers) {
            theirClock.read(headers.get(HttpHeaders.DATE), asked, clock.getAsLong());
            said.tryComplete(readiness(status));
            return false;
        }

        @Override
        public boolean piece(Buffer piece) {
            return false;
        }

        @Override
        public void ended() {}

        @Override
        public void failed(Throwable cause) {
            said.tryComplete(Readiness.UNKNOWN);
        }
    }

    private static Readiness readiness(int status) {
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
