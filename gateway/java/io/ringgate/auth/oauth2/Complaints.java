package io.ringgate.auth.oauth2;

import io.ringgate.auth.ProviderClient;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator that a provider does not answer, once a minute at most, and when it does again. Any thread. */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final String url;
    private final LongSupplier nanoTime;
    private boolean failing;
    private long told;

    Complaints(URI url, LongSupplier nanoTime) {
        this.url = ProviderClient.shown(url);
        this.nanoTime = nanoTime;
        this.told = nanoTime.getAsLong() - PAUSE;
    }

    synchronized void hear(Answer answer) {
        if (answer instanceof Answer.Unusable(String why, boolean _)) {
            failing = true;
            long now = nanoTime.getAsLong();
            if (now - told >= PAUSE) {
                told = now;
                LOG.warn(
                        "tokens cannot be checked at {}: {}; senders whose token is not known yet are told to try again",
                        url,
                        why);
            }
        } else if (failing) {
            failing = false;
            LOG.info("tokens are checked again at {}", url);
        }
    }
}
