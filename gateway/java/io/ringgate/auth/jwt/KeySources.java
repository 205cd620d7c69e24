package io.ringgate.auth.jwt;

import io.ringgate.config.Issuer;
import io.ringgate.config.IssuerKeys;
import io.ringgate.metrics.Metrics;
import io.ringgate.tls.TlsProblem;
import io.vertx.core.Vertx;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the keys of all issuers come from. A source outlives every change that is not about it, with the keys it has. Changes
 * come from one thread.
 */
public final class KeySources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeySources.class);

    private final Vertx vertx;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Metrics metrics;
    private final KeyFetchThread thread = new KeyFetchThread();
    private final Map<KeySource.Origin, KeySource> open = new ConcurrentHashMap<>();

    /**
     * None yet.
     *
     * @param vertx whose loops ask the issuers
     * @param random spreads the fetches of replicas
     */
    public KeySources(Vertx vertx, LongSupplier nanoTime, RandomGenerator random, Metrics metrics) {
        this.vertx = vertx;
        this.nanoTime = nanoTime;
        this.random = random;
        this.metrics = metrics;
    }

    /** The keys of each issuer, by its name. Sources that nobody names any more are closed. */
    Map<String, KeyLookup> update(JwtSettings access) {
        Set<KeySource.Origin> wanted = new HashSet<>();
        Map<String, KeyLookup> keys = new HashMap<>();
        for (Issuer issuer : access.issuers().all()) {
            switch (issuer.keys()) {
                case IssuerKeys.InFile in ->
                    keys.put(issuer.name(), inFile(access.files().keySets().get(in.file())));
                case IssuerKeys.Fetched fetched -> wanted.add(origin(issuer, fetched, access.files()));
            }
        }
        Set<KeySource.Origin> gone = new HashSet<>(open.keySet());
        gone.removeAll(wanted);
        gone.forEach(origin -> Objects.requireNonNull(open.remove(origin)).close());
        wanted.forEach(origin -> keys.put(origin.name(), source(origin)));
        return keys;
    }

    private static KeyLookup inFile(@Nullable KeySet set) {
        return set == null ? KeyLookup.NONE : new KeyLookup.InFile(set);
    }

    private static KeySource.Origin origin(Issuer issuer, IssuerKeys.Fetched fetched, JwtSettings.Files files) {
        List<X509Certificate> authorities =
                fetched.caFile() == null ? List.of() : files.authorities().getOrDefault(fetched.caFile(), List.of());
        return new KeySource.Origin(issuer.name(), issuer.issuer(), fetched, authorities);
    }

    private KeyLookup source(KeySource.Origin origin) {
        KeySource there = open.get(origin);
        if (there != null) {
            return there.keys();
        }
        try {
            KeySource fresh = new KeySource(origin, vertx, thread, nanoTime, random, metrics);
            open.put(origin, fresh);
            fresh.start();
            return fresh.keys();
        } catch (TlsProblem e) {
            LOG.atError()
                    .addKeyValue("issuer", origin.name())
                    .addKeyValue("reason", e.sentence())
                    .log("keys not fetched");
            return KeyLookup.NONE;
        }
    }

    /** Of those that are fetched. */
    List<IssuerState> states() {
        return open.values().stream().map(KeySource::state).toList();
    }

    @Override
    public void close() {
        thread.close();
        open.values().forEach(KeySource::close);
        open.clear();
    }
}
