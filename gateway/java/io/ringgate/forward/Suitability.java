package io.ringgate.forward;

import org.jspecify.annotations.Nullable;

/**
 * Whether a receiver is set up as the gateway's configuration takes it to be. It changes nothing about who gets writes.
 *
 * @param sentence what it shows and what was expected; empty when nothing is wrong
 * @param version which Thanos it says it is; empty when it does not
 */
public record Suitability(Fit fit, String sentence, String version) {

    /** How a receiver fits the configuration. */
    public enum Fit {
        /** It was not asked, or gave no answer. */
        UNKNOWN("unknown"),
        SUITABLE("suitable"),
        /** It stores a write less often, or oftener, than {@code receivers.replication_factor}. */
        REPLICATION_FACTOR("replication_factor"),
        /** It reads another hashring file. */
        OTHER_RING("other_ring"),
        /** What answers there is no Thanos receiver. */
        NO_RECEIVER("no_receiver");

        private final String label;

        Fit(String label) {
            this.label = label;
        }

        /** As {@code /status} and metrics show it. */
        public String label() {
            return label;
        }

        public boolean isProblem() {
            return this != UNKNOWN && this != SUITABLE;
        }
    }

    static final Suitability NOT_ASKED = unknown("not asked");

    static Suitability unknown(String why) {
        return new Suitability(Fit.UNKNOWN, why, "");
    }

    /** What answers is no receiver; where no ring file is configured it need not be one of Thanos. */
    static Suitability noReceiver(String shown, @Nullable WantedRing wanted) {
        return wanted == null ? unknown(shown) : new Suitability(Fit.NO_RECEIVER, shown, "");
    }

    /** Judges by what its page says; a ring that it has from its flags shows no hash and is not compared. */
    static Suitability of(ReceiverFacts facts, @Nullable WantedRing wanted) {
        if (wanted == null) {
            return new Suitability(Fit.SUITABLE, "", facts.version());
        }
        if (facts.replicationFactor() != wanted.replicationFactor()) {
            return new Suitability(
                    Fit.REPLICATION_FACTOR,
                    "it stores each write " + times(facts.replicationFactor()) + ", receivers.replication_factor is "
                            + wanted.replicationFactor(),
                    facts.version());
        }
        Double hash = facts.ringHash();
        if (hash != null && !wanted.file().isShownAs(hash)) {
            return new Suitability(
                    Fit.OTHER_RING,
                    "it has another hashring file: thanos_receive_config_hash is " + hash.longValue(),
                    facts.version());
        }
        return new Suitability(Fit.SUITABLE, "", facts.version());
    }

    private static String times(int factor) {
        return factor == 1 ? "once" : factor + " times";
    }
}
