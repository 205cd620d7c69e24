package io.ringgate.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.WebClientInternal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP client for identity providers: one request, one answer. A provider is trusted for identities and nothing else: it
 * cannot redirect us, keep us waiting or fill our memory. Any thread; answers come on an event loop, so long work on one belongs
 * on another thread. Handshakes are computed on Vert.x's workers.
 */
public final class ProviderClient implements AutoCloseable {

    /** Of an answer, in bytes. Key sets and token descriptions have a few kilobytes. */
    static final int LARGEST_BODY = 512 * 1024;

    /** Of the head of an answer, in bytes: providers send policies for browsers and cookies, too. */
    static final int LARGEST_HEAD = 32 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    /** Callers bound their requests themselves: no request waits for another one here. */
    private static final int CONNECTIONS = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(ProviderClient.class);

    private final Vertx vertx;
    private final WebClient client;

    public ProviderClient(Vertx vertx, TrustOptions trust) {
        this.vertx = vertx;
        WebClientOptions options =
                new WebClientOptions().setFollowRedirects(false).setUserAgent("ringgate");
        options.setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAliveTimeout((int) KEEP_ALIVE.toSeconds())
                .setMaxHeaderSize(LARGEST_HEAD)
                .setConnectTimeout((int) CONNECT.toMillis())
                .setTrustOptions(trust)
                .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true));
        HttpClient connections = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS))
                .withConnectHandler(ProviderClient::connected)
                .build();
        this.client = WebClient.wrap(connections, options);
        ((WebClientInternal) client).addInterceptor(ProviderExchange::intercept);
    }

    /** Without a handler a connection that breaks is an error in Vert.x's log. The request fails anyway. */
    private static void connected(HttpConnection connection) {
        connection.exceptionHandler(
                fault -> LOG.atDebug().addKeyValue("error", fault.toString()).log("connection to a provider failed"));
    }

    /**
     * What came back, whatever its status.
     *
     * @param type the media type as sent; empty without one
     */
    public record Reply(int status, String type, String body) {}

    /** For the log: without the query, which may hold a key. */
    public static String shown(URI page) {
        return page.getScheme() + "://" + page.getRawAuthority() + page.getRawPath();
    }

    /**
     * Fails when no whole answer of an acceptable size is there in time; the fault's message is for the log. The connection is
     * not kept: pages are read minutes apart, and the provider would close it in between, perhaps as we use it again.
     *
     * @param deadline from now to the last byte of the answer
     */
    public Future<Reply> get(URI page, Duration deadline) {
        return ask(HttpMethod.GET, page, Map.of("Connection", "close"), null, deadline);
    }

    /**
     * The same for a form that is posted. It may hold a secret, so its bytes are overwritten when the exchange is over.
     *
     * @param headers whatever else it needs; values may be secrets and are not kept
     */
    public Future<Reply> post(URI page, String form, Map<String, String> headers, Duration deadline) {
        Buffer body = Buffer.buffer(form, StandardCharsets.US_ASCII.name());
        return ask(HttpMethod.POST, page, headers, body, deadline)
                .onComplete(over -> body.setBytes(0, new byte[body.length()]));
    }

    private Future<Reply> ask(
            HttpMethod method, URI page, Map<String, String> headers, @Nullable Buffer form, Duration deadline) {
        ProviderExchange exchange = new ProviderExchange(LARGEST_BODY);
        HttpRequest<String> request = client.request(method, target(page))
                .putHeader("Accept", "application/json")
                .as(exchange);
        headers.forEach(request::putHeader);
        if (form != null) {
            request.putHeader("Content-Type", "application/x-www-form-urlencoded");
        }
        long timer = vertx.setTimer(
                deadline.toMillis(),
                late -> exchange.abort(new TimeoutException("no whole answer within " + deadline.toMillis() + " ms")));
        (form == null ? request.send() : request.sendBuffer(form)).onComplete(ended -> {
            vertx.cancelTimer(timer);
            exchange.finish(ended);
        });
        return exchange.reply();
    }

    private static RequestOptions target(URI page) {
        String path = page.getRawPath();
        String query = page.getRawQuery();
        boolean tls = "https".equalsIgnoreCase(page.getScheme());
        return new RequestOptions()
                .setSsl(tls)
                .setHost(Objects.requireNonNull(page.getHost()))
                .setPort(page.getPort() >= 0 ? page.getPort() : tls ? 443 : 80)
                .setURI((path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query));
    }

    /** Requests in progress fail. */
    @Override
    public void close() {
        client.close();
    }
}
