package io.ringgate.cli.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The HTTP client of those who send in a demo, on a loop of its own. Callers wait for answers on their own threads. */
final class DemoClient implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 16;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final WebClient client;

    /** @param authority the trusted authority, as PEM */
    DemoClient(Path authority) {
        WebClientOptions options = new WebClientOptions().setFollowRedirects(false);
        options.setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()));
        this.client = WebClient.create(vertx, options, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    WebClient web() {
        return client;
    }

    static <T> T await(Future<T> future, Duration patience) throws IOException, InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + patience.toSeconds() + " s", e);
        }
    }

    /** Requests that are under way fail. */
    @Override
    public void close() {
        try {
            await(vertx.close(), STOP);
        } catch (IOException e) {
            // It ends with the process.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
