package io.ringgate.forward.health;

import io.ringgate.forward.AttemptSignal;
import io.ringgate.forward.HealthSnapshot;
import io.ringgate.forward.Receiver;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ejects receivers that fail, but never too many of a ring: what looks like the failure of all is rather their overload, or
 * ours. One for all event loops. Any thread.
 */
public final class OutlierEjector {

    private static final Logger LOG = LoggerFactory.getLogger(OutlierEjector.class);

    private final LongSupplier clock;

    /** @param nanoClock on the scale of {@link System#nanoTime} */
    public OutlierEjector(LongSupplier nanoClock) {
        this.clock = nanoClock;
    }

    /** Ejects a receiver unless a third of its ring is ejected already; one always may be, the last one never. */
    public void eject(Receiver receiver, List<Receiver> ring, AttemptSignal why, RandomGenerator random) {
        long now = clock.getAsLong();
        synchronized (this) {
            int ejected = 1;
            for (int i = 0; i < ring.size(); i++) {
                ejected += ring.get(i).health().isEjected() ? 1 : 0;
            }
            int most = Math.min(Math.max(1, ring.size() / 3), ring.size() - 1);
            if (ejected > most || receiver.isRetired() || receiver.health().isEjected()) {
                return;
            }
            receiver.health().eject(why, random, now);
        }
        receiver.meters().ejected(why);
        HealthSnapshot health = receiver.health().snapshot(now);
        LOG.atWarn()
                .addKeyValue("receiver", receiver.label())
                .addKeyValue("duration", Duration.ofMillis(health.retryInMillis()))
                .addKeyValue("reason", health.lastFailure())
                .log("receiver ejected");
    }

    /** An ejection ended. */
    public void returned(Receiver receiver) {
        LOG.atInfo().addKeyValue("receiver", receiver.label()).log("receiver returned");
    }
}
