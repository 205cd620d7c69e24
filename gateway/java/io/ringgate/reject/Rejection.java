package io.ringgate.reject;

import java.util.Map;

/**
 * One refusal: why, and what to tell the client.
 *
 * <p>The sentence is the first line of the answer; senders log just that. It says what is wrong and what to do, and
 * ends without a full stop, because the request id follows. Text from a client or a receiver in it went through
 * {@link Quoted}.
 */
public sealed interface Rejection {

    Reason reason();

    String sentence();

    /** The same facts by name, for a client that accepts JSON. Values are strings, numbers or booleans. */
    default Map<String, Object> facts() {
        return Map.of();
    }

    /** A refusal that needs no facts beyond its sentence. */
    record Plain(Reason reason, String sentence) implements Rejection {}

    /** No or a wrong credential: one constant text, so that an answer tells a guesser nothing. */
    record Unproven(Reason reason) implements Rejection {
        @Override
        public String sentence() {
            return "this address takes writes from known edge clusters only: send a valid credential";
        }
    }

    /** The right credential with a method that does not write: people test a password with a plain GET. */
    record MethodNotWrite(String edge) implements Rejection {
        @Override
        public Reason reason() {
            return Reason.WRONG_METHOD;
        }

        @Override
        public String sentence() {
            return "recognised as edge " + edge + ", send POST";
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("edge", edge);
        }
    }

    /** The right credential of an edge whose tenant is named in no hashring, and there is no ring for the others. */
    record TenantWithoutRing(String edge, String tenant) implements Rejection {
        @Override
        public Reason reason() {
            return Reason.TENANT_WITHOUT_RING;
        }

        @Override
        public String sentence() {
            return "no hashring takes tenant " + tenant + " of edge " + edge
                    + ": the gateway's operator has to name it in hashrings.json, or to add a ring without tenants";
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("edge", edge, "tenant", tenant);
        }
    }

    /**
     * Larger than a cap: the sender drops the batch, so it is told how to make smaller ones.
     *
     * @param limit the cap's name in words, for example "packed body"
     * @param seen what came, or what was declared
     */
    record TooLarge(String limit, long allowed, long seen) implements Rejection {
        @Override
        public Reason reason() {
            return Reason.BODY_TOO_LARGE;
        }

        @Override
        public String sentence() {
            return "the " + limit + " of this write is " + seen + " bytes, allowed are " + allowed
                    + ": lower max_samples_per_send in the sender's queue_config";
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("limit", limit, "allowed", allowed, "seen", seen, "setting", "max_samples_per_send");
        }
    }

    /** Some series were refused; the receivers hold the others. */
    record SomeSeries(long refused, long total, String firstFault) implements Rejection {
        @Override
        public Reason reason() {
            return Reason.SERIES_REFUSED;
        }

        @Override
        public String sentence() {
            String others = refused == total ? "nothing stored" : "the others stored";
            return refused + " of " + total + " series refused, " + others + ": " + firstFault;
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("refused", refused, "total", total, "first_fault", firstFault);
        }
    }
}
