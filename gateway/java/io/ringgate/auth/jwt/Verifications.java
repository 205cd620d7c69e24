package io.ringgate.auth.jwt;

import com.nimbusds.jose.JOSEException;
import io.ringgate.auth.Proving;
import io.ringgate.edge.Network;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The verifications that are under way, each once, however often its token is shown meanwhile. Any thread. */
final class Verifications {

    private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);

    private final Proving proving;
    private final Memory memory;
    private final Counts counts;
    private final ConcurrentMap<Verification.Flight, Promise<Landing>> flights = new ConcurrentHashMap<>();
    private volatile @Nullable Realms complainedAbout;

    Verifications(Proving proving, Memory memory, Counts counts) {
        this.proving = proving;
        this.memory = memory;
        this.counts = counts;
    }

    /** Joins the one that is under way, or begins it. Completes on a proving thread, or is complete. */
    Future<Landing> of(Verification wanted, Network source) {
        Promise<Landing> fresh = Promise.promise();
        Promise<Landing> running = flights.putIfAbsent(wanted.flight(), fresh);
        if (running != null) {
            return running.future();
        }
        Proving.Proof proof = new Proving.Proof() {
            @Override
            public boolean make() {
                return run(wanted, fresh);
            }

            @Override
            public void dropped() {
                land(wanted, fresh, new Landing.NotRun());
            }
        };
        if (!proving.begin(source, wanted.claimed(), proof)) {
            proof.dropped();
        }
        return fresh.future();
    }

    /** On a proving thread. False only when somebody claimed to be who he is not. */
    private boolean run(Verification wanted, Promise<Landing> landing) {
        Landing made = new Landing.Failed();
        try {
            made = wanted.run(memory);
        } catch (JOSEException | RuntimeException | LinkageError e) {
            complain(wanted.snapshot(), e);
        } finally {
            land(wanted, landing, made);
        }
        return !(made instanceof Landing.Wrong);
    }

    private void land(Verification wanted, Promise<Landing> landing, Landing made) {
        flights.remove(wanted.flight());
        counts.landed(made);
        landing.complete(made);
    }

    /** Once for each snapshot. Only the kind of fault: its message might quote what was presented. */
    private void complain(Realms snapshot, Throwable fault) {
        if (complainedAbout != snapshot) {
            complainedAbout = snapshot;
            LOG.error(
                    "a token could not be verified, its sender was told to try again: {}",
                    fault.getClass().getName());
        }
    }
}
