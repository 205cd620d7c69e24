package io.ringgate.forward.health;

import io.ringgate.forward.Receiver;
import io.ringgate.forward.Suitability;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
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
    private final HttpClient client;
    private final HealthPort page;
    private final @Nullable ExpectedRing wanted;
    private final Queue<Receiver> waiting;
    private final Found found;

    /** What is told of each receiver, on the event loop. */
    public interface Found {
        void judged(Receiver receiver, Suitability suitability);
    }

    private SuitabilityProbe(
            Vertx vertx, HealthPort page, @Nullable ExpectedRing wanted, List<Receiver> receivers, Found found) {
        this.vertx = vertx;
        this.client = HealthClient.open(vertx, page, CONNECT_MILLIS);
        this.page = page;
        this.wanted = wanted;
        this.waiting = new ArrayDeque<>(receivers);
        this.found = found;
    }

    /**
     * One round. To be called on an event loop.
     *
     * @param page whose host and port are asked; its path is not
     * @param wanted null where no hashring file is configured
     * @return complete when each was told of; it never fails
     */
    public static Future<Void> ask(
            Vertx vertx, HealthPort page, @Nullable ExpectedRing wanted, List<Receiver> receivers, Found found) {
        SuitabilityProbe probe = new SuitabilityProbe(vertx, page, wanted, receivers, found);
        List<Future<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < Math.min(AT_ONCE, receivers.size()); i++) {
            lanes.add(probe.lane());
        }
        return Future.join(lanes).transform(all -> probe.client.close().otherwiseEmpty());
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
        client.request(HealthClient.get(page, PATH, receiver, 2 * WHOLE_MILLIS))
                .compose(sent -> {
                    // Whatever ended the wait, nothing more of the page is wanted.
                    said.future().onComplete(any -> sent.reset());
                    return sent.send();
                })
                .onSuccess(answer -> read(answer, said))
                .onFailure(cause -> said.tryComplete(Suitability.unknown("cannot be asked: " + cause.getMessage())));
        return said.future().onComplete(any -> vertx.cancelTimer(timer));
    }

    private void read(HttpClientResponse answer, Promise<Suitability> said) {
        String where = PATH + " at port " + page.port() + " ";
        int status = answer.statusCode();
        if (status != 200) {
            boolean elsewhere = status == 404 || status / 100 == 3;
            String shown = where + "answers " + status;
            said.tryComplete(elsewhere ? SuitabilityCheck.noReceiver(shown, wanted) : Suitability.unknown(shown));
            return;
        }
        MetricsPageReader reader = new MetricsPageReader();
        long[] taken = {0};
        answer.exceptionHandler(cut -> said.tryComplete(Suitability.unknown("the answer was cut off")));
        answer.handler(piece -> {
            taken[0] += piece.length();
            if (reader.take(piece.getBytes())) {
                said.tryComplete(SuitabilityCheck.of(reader.facts(), wanted));
            } else if (taken[0] > MOST_BYTES) {
                said.tryComplete(Suitability.unknown(where + "is longer than " + MOST_BYTES + " bytes"));
            }
        });
        answer.endHandler(end ->
                said.tryComplete(SuitabilityCheck.noReceiver(where + "is not a Thanos receiver's page", wanted)));
    }
}
