package io.ringgate.forward;

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

    public static final Suitability NOT_ASKED = unknown("not asked");

    public static Suitability unknown(String why) {
        return new Suitability(Fit.UNKNOWN, why, "");
    }
}
