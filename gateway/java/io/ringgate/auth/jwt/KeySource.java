package io.ringgate.auth.jwt;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.ProviderClient;
import io.ringgate.config.IssuerKeys;
import io.ringgate.metrics.Metrics;
import io.ringgate.reject.EscapedText;
import io.ringgate.tls.ProviderTrust;
import io.ringgate.tls.TlsProblem;
import io.vertx.core.Vertx;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of one issuer that are fetched, with the client that fetches them, and what is reported about it. Any thread. */
final class KeySource implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeySource.class);

    /** What makes it another source. */
    record Origin(String name, String issuer, IssuerKeys.Fetched keys, List<X509Certificate> authorities) {}

    private final Origin origin;
    private final Metrics metrics;
    private final LongSupplier nanoTime;
    private final long opened;
    private final ProviderClient client;
    private final FetchedKeys keys;
    private volatile @Nullable String lastFault;

    KeySource(
            Origin origin,
            Vertx vertx,
            KeyFetchThread thread,
            LongSupplier nanoTime,
            RandomGenerator random,
            Metrics metrics)
            throws TlsProblem {
        this.origin = origin;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.opened = nanoTime.getAsLong();
        this.client = new ProviderClient(vertx, ProviderTrust.of(origin.authorities()));
        KeyFetch fetch = new KeyFetch(client, origin.keys(), origin.issuer(), thread);
        this.keys = new FetchedKeys(origin.keys(), fetch::keys, thread, nanoTime, random, this::fetched);
    }

    void start() {
        metrics.gauge("ringgate_jwks_age_seconds", this::age, "issuer", origin.name());
        keys.start();
    }

    FetchedKeys keys() {
        return keys;
    }

    IssuerState state() {
        Long read = keys.read();
        return new IssuerState(
                origin.name(),
                keys.size(),
                read == null ? null : TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - read),
                lastFault);
    }

    /** In seconds since they were fetched; since the beginning when they never were. */
    private double age() {
        Long read = keys.read();
        return (nanoTime.getAsLong() - (read == null ? opened : read)) / 1e9;
    }

    private void fetched(@Nullable Throwable fault) {
        String before = lastFault;
        String now = fault == null ? null : sentence(fault);
        lastFault = now;
        metrics.counter(
                        "ringgate_jwks_refreshes_total",
                        "issuer",
                        origin.name(),
                        "outcome",
                        now == null ? "fetched" : "failed")
                .increment();
        if (now != null && !now.equals(before)) {
            LOG.atWarn()
                    .addKeyValue("issuer", origin.name())
                    .addKeyValue("url", ProviderClient.shown(origin.keys().page()))
                    .addKeyValue("reason", now)
                    .log("keys not fetched");
        } else if (now == null && before != null) {
            LOG.atInfo().addKeyValue("issuer", origin.name()).log("keys fetched again");
        }
    }

    /** Never what a provider answered. */
    private static String sentence(Throwable fault) {
        Throwable cause =
                fault instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : fault;
        if (cause instanceof InvalidDocument unfit) {
            return unfit.sentence();
        }
        String words = cause.getMessage() == null ? "" : " (" + EscapedText.of(cause.getMessage()) + ")";
        return "does not answer: " + cause.getClass().getSimpleName() + words;
    }

    @Override
    public void close() {
        keys.close();
        metrics.dropGauge("ringgate_jwks_age_seconds", "issuer", origin.name());
        client.close();
    }
}
