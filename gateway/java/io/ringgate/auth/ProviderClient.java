package io.ringgate.auth;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * How identity providers are asked: one question, one answer, on threads of its own. A provider is trusted with identities and
 * with nothing else: it cannot send us elsewhere, keep us waiting or fill our memory. Any thread calls.
 */
public final class ProviderClient implements AutoCloseable {

    /** Of an answer. Key sets and token descriptions have a few kilobytes. */
    static final long LARGEST = 512 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final HttpClient client;

    public ProviderClient(SSLContext trust) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxySelector.of(null))
                .connectTimeout(CONNECT)
                .sslContext(trust)
                .build();
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

    /** Fails when no whole answer of a bearable size is there in time; the fault's message is for the log. */
    public CompletableFuture<Reply> get(URI page, Duration deadline) {
        return ask(
                HttpRequest.newBuilder(page)
                        .header("Accept", "application/json")
                        .GET(),
                deadline);
    }

    /**
     * The same for a form that is posted. It may hold a secret: what is kept of the request after the answer, by a connection
     * that waits for the next one, has it no more.
     *
     * @param headers whatever else it needs; values may be secrets and are not kept
     */
    public CompletableFuture<Reply> post(URI page, String form, Map<String, String> headers, Duration deadline) {
        FormBody body = new FormBody(form);
        HttpRequest.Builder request = HttpRequest.newBuilder(page)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(body);
        headers.forEach(request::header);
        return ask(request, deadline).whenComplete((reply, fault) -> body.wipe());
    }

    private CompletableFuture<Reply> ask(HttpRequest.Builder request, Duration deadline) {
        CompletableFuture<HttpResponse<String>> exchange = client.sendAsync(
                request.timeout(deadline).build(),
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST));
        // The request's own timeout ends with the headers.
        CompletableFuture<HttpResponse<String>> timed =
                exchange.copy().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        return timed.whenComplete((answer, fault) -> exchange.cancel(true))
                .thenApply(answer -> new Reply(
                        answer.statusCode(),
                        answer.headers().firstValue("Content-Type").orElse(""),
                        answer.body()));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
