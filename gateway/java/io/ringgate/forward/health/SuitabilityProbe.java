package io.ringgate.forward.health;

import io.ringgate.forward.Receiver;
import io.ringgate.forward.Suitability;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Asks receivers for their metrics pages, once each and a few at a time, and judges what they show. A page is read until the
 * facts are found, and never further than a bound. Works on the event loop that begins it; nothing is kept afterwards.
 */
public final class SuitabilityProbe {

    /** Thanos shows how it is set up there and nowhere else: no version has a page of its flags for receivers. */
    static final String PATH = "/metrics";

    private static final int AT_ONCE = 8;
    private static final long MOST_BYTES = 16L << 20;
    private static final long CONNECT_MILLIS = 2_000;
    private static final long WHOLE_MILLIS = 10_000;

    private final Vertx vertx;
    private final HealthClient client;
    private final HealthPort port;
    private final @Nullable ExpectedRing expected;
    private final Queue<Receiver> waiting;
    private final Found found;

    /** Gets the result of each receiver, on the event loop. */
    public interface Found {
        void judged(Receiver receiver, Suitability suitability);
    }

    private SuitabilityProbe(
            Vertx vertx, HealthPort port, @Nullable ExpectedRing expected, List<Receiver> receivers, Found found) {
        this.vertx = vertx;
        this.client = HealthClient.open(vertx, port, CONNECT_MILLIS);
        this.port = port;
        this.expected = expected;
        this.waiting = new ArrayDeque<>(receivers);
        this.found = found;
    }

    /**
     * One round. To be called on an event loop.
     *
     * @param port whose host and port are asked; its path is not
     * @param expected null where no hashring file is configured
     * @return complete when each is reported; it never fails
     */
    public static Future<Void> ask(
            Vertx vertx, HealthPort port, @Nullable ExpectedRing expected, List<Receiver> receivers, Found found) {
        SuitabilityProbe probe = new SuitabilityProbe(vertx, port, expected, receivers, found);
        List<Future<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < Math.min(AT_ONCE, receivers.size()); i++) {
            lanes.add(probe.lane());
        }
        return Future.join(lanes)
                .onComplete(all -> probe.client.close())
                .otherwiseEmpty()
                .mapEmpty();
    }

    private Future<Void> lane() {
        Receiver next = waiting.poll();
        return next == null
                ? Future.succeededFuture()
                : judge(next).compose(suitability -> {
                    found.judged(next, suitability);
                    return lane();
                });
    }

    private Future<Suitability> judge(Receiver receiver) {
        Promise<Suitability> said = Promise.promise();
        long timer = vertx.setTimer(WHOLE_MILLIS, id -> said.tryComplete(Suitability.unknown("no answer in time")));
        PageRequest request = client.get(PATH, receiver, 2 * WHOLE_MILLIS, new FactsReader(said));
        // Whatever ended the wait, nothing more of the page is wanted.
        return said.future().onComplete(any -> {
            vertx.cancelTimer(timer);
            request.stop();
        });
    }

    /** Reads the page until the facts are found. */
    private final class FactsReader implements PageReader {

        private final String where = PATH + " at port " + port.port() + " ";
        private final MetricsPageReader page = new MetricsPageReader();
        private final Promise<Suitability> said;
        private boolean answered;
        private long taken;

        FactsReader(Promise<Suitability> said) {
            this.said = said;
        }

        @Override
        public void sending() {}

        @Override
        public boolean head(int status, MultiMap headers) {
            answered = true;
            if (status == 200) {
                return true;
            }
            boolean elsewhere = status == 404 || status / 100 == 3;
            String shown = where + "answers " + status;
            said.tryComplete(elsewhere ? SuitabilityCheck.noReceiver(shown, expected) : Suitability.unknown(shown));
            return false;
        }

        @Override
        public boolean piece(Buffer piece) {
            taken += piece.length();
            if (page.feed(piece.getBytes())) {
                said.tryComplete(SuitabilityCheck.of(page.facts(), expected));
            } else if (taken > MOST_BYTES) {
                said.tryComplete(Suitability.unknown(where + "is longer than " + MOST_BYTES + " bytes"));
            }
            return !said.future().isComplete();
        }

        @Override
        public void ended() {
            said.tryComplete(SuitabilityCheck.noReceiver(where + "is not a Thanos receiver's page", expected));
        }

        @Override
        public void failed(Throwable cause) {
            said.tryComplete(Suitability.unknown(
                    answered ? "the answer was cut off" : "cannot be asked: " + cause.getMessage()));
        }
    }
}
