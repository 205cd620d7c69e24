package io.ringgate.forward.health;

import io.ringgate.forward.Suitability;
import org.jspecify.annotations.Nullable;

/** Compares what a receiver's metrics page shows with the gateway's configuration. */
final class SuitabilityCheck {

    private SuitabilityCheck() {}

    /** What answers is no receiver; where no ring file is configured it need not be one of Thanos. */
    static Suitability noReceiver(String shown, @Nullable ExpectedRing wanted) {
        return wanted == null ? Suitability.unknown(shown) : new Suitability(Suitability.Fit.NO_RECEIVER, shown, "");
    }

    /** Judges by what its page says; a ring that it has from its flags shows no hash and is not compared. */
    static Suitability of(ReceiverFacts facts, @Nullable ExpectedRing wanted) {
        if (wanted == null) {
            return new Suitability(Suitability.Fit.SUITABLE, "", facts.version());
        }
        if (facts.replicationFactor() != wanted.replicationFactor()) {
            return new Suitability(
                    Suitability.Fit.REPLICATION_FACTOR,
                    "it stores each write " + times(facts.replicationFactor()) + ", receivers.replication_factor is "
                            + wanted.replicationFactor(),
                    facts.version());
        }
        Double hash = facts.ringHash();
        if (hash != null && !wanted.file().isShownAs(hash)) {
            return new Suitability(
                    Suitability.Fit.OTHER_RING,
                    "it has another hashring file: thanos_receive_config_hash is " + hash.longValue(),
                    facts.version());
        }
        return new Suitability(Suitability.Fit.SUITABLE, "", facts.version());
    }

    private static String times(int factor) {
        return factor == 1 ? "once" : factor + " times";
    }
}
