package io.ringgate.auth.jwt;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.ProviderClient;
import io.ringgate.auth.StrictJson;
import io.ringgate.config.IssuerKeys;
import io.ringgate.reject.EscapedText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Fetches the keys of one issuer once: from the page that holds them, or by way of the one that names it. Answers come on an
 * event loop and are read on a thread of their own: a page of keys is up to half a megabyte of JSON.
 */
final class KeyFetch {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final ProviderClient client;
    private final IssuerKeys.Fetched origin;
    private final String issuer;
    private final Executor reader;

    /**
     * @param issuer what the issuer must call itself
     * @param reader where answers are read
     */
    KeyFetch(ProviderClient client, IssuerKeys.Fetched origin, String issuer, Executor reader) {
        this.reader = reader;
        this.client = client;
        this.origin = origin;
        this.issuer = issuer;
    }

    /** Fails with {@link InvalidDocument} for an answer that is not what it should be. */
    CompletableFuture<KeySet> keys() {
        CompletableFuture<URI> page = origin.discovery()
                ? read(origin.page(), this::keyPage)
                : CompletableFuture.completedFuture(origin.page());
        return page.thenCompose(at -> read(at, KeySet::parse));
    }

    private interface Reading<T> {
        T read(String body) throws InvalidDocument;
    }

    private <T> CompletableFuture<T> read(URI page, Reading<T> reading) {
        return client.get(page, DEADLINE)
                .toCompletionStage()
                .toCompletableFuture()
                .thenComposeAsync(reply -> read(reply, reading), reader);
    }

    private static <T> CompletionStage<T> read(ProviderClient.Reply reply, Reading<T> reading) {
        try {
            return CompletableFuture.completedFuture(reading.read(body(reply)));
        } catch (InvalidDocument unfit) {
            return CompletableFuture.failedFuture(unfit);
        }
    }

    private static String body(ProviderClient.Reply reply) throws InvalidDocument {
        if (reply.status() != OK) {
            throw new InvalidDocument("answers " + reply.status());
        }
        return reply.body();
    }

    private URI keyPage(String description) throws InvalidDocument {
        Map<String, Object> said = StrictJson.object(description);
        if (!issuer.equals(said.get("issuer"))) {
            throw new InvalidDocument(
                    "describes another issuer: " + EscapedText.of(String.valueOf(said.get("issuer"))));
        }
        try {
            URI page = new URI(String.valueOf(said.get("jwks_uri")));
            boolean safe = "https".equalsIgnoreCase(page.getScheme())
                    || ("http".equalsIgnoreCase(page.getScheme())
                            && "http".equalsIgnoreCase(origin.page().getScheme()));
            if (safe && page.getHost() != null) {
                return page;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new InvalidDocument("names no page of keys that can be trusted");
    }
}
