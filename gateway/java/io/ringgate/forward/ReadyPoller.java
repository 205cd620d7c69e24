package io.ringgate.forward;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every receiver's readiness page again and again, and leaves the answer as a hint. One for all loops, on one of them
 * and never in the way of a write; the next round begins some seconds after the last answer of the one before. A page that
 * cannot be asked is no hint.
 *
 * <p>It is Vert.x's client because that can go to one address and hold its certificate to another name, as it must where
 * one name stands for many receivers.
 */
public final class ReadyPoller implements AutoCloseable {

    private static final long PAUSE_MILLIS = 5_000;
    private static final long PATIENCE_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(ReadyPoller.class);

    private final Vertx vertx;
    private final HttpClient client;
    private final Supplier<List<Receiver>> receivers;
    private final ReadyPage page;
    private final RandomGenerator random;
    private final LongSupplier clock;
    private volatile boolean closed;

    private ReadyPoller(
            Vertx vertx,
            Supplier<List<Receiver>> receivers,
            ReadyPage page,
            RandomGenerator random,
            LongSupplier nanoClock) {
        this.vertx = vertx;
        this.receivers = receivers;
        this.page = page;
        this.random = random;
        this.clock = nanoClock;
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(false)
                .setSsl(page.https())
                .setConnectTimeout((int) PATIENCE_MILLIS);
        if (page.caFile() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(page.caFile().toString()));
        }
        this.client = vertx.httpClientBuilder()
                .with(options)
                .withConnectHandler(made -> made.exceptionHandler(
                        cause -> LOG.debug("a connection to a readiness page failed: {}", cause.toString())))
                .build();
    }

    /**
     * Begins the first round at once.
     *
     * @param random this poller's own
     */
    public static ReadyPoller start(
            Vertx vertx,
            Supplier<List<Receiver>> receivers,
            ReadyPage page,
            RandomGenerator random,
            LongSupplier nanoClock) {
        ReadyPoller poller = new ReadyPoller(vertx, receivers, page, random, nanoClock);
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
        String host = page.serverName() == null ? receiver.peer().host() : page.serverName();
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(
                        page.port(), receiver.address().getAddress().getHostAddress()))
                .setHost(host)
                .setPort(page.port())
                .setURI(page.path())
                .setTimeout(PATIENCE_MILLIS);
        return client.request(request)
                .compose(sent -> sent.send().map(answer -> {
                    int status = answer.statusCode();
                    // The body says nothing more, however long it is: nobody need hear that it was cut off.
                    answer.exceptionHandler(cut -> {});
                    sent.reset();
                    return status;
                }))
                .map(ReadyPoller::hint)
                .otherwise(ReadyHint.UNKNOWN)
                .onSuccess(hint -> receiver.health().hinted(hint, clock.getAsLong()))
                .mapEmpty();
    }

    private static ReadyHint hint(int status) {
        return switch (status) {
            case 200 -> ReadyHint.READY;
            case 503 -> ReadyHint.NOT_READY;
            default -> ReadyHint.UNKNOWN;
        };
    }

    /** No round begins any more. */
    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
