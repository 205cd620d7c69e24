package io.ringgate.reject;

import java.util.Map;

/**
 * One refusal: its reason, and the answer to the client.
 *
 * <p>The sentence is the first line of the answer; senders log just that. It says what is wrong and what to do, and
 * ends without a full stop, because the request id follows. Text from a client or a receiver in it went through
 * {@link EscapedText}.
 */
public sealed interface Rejection {

    Reason reason();

    /** The status of the answer: that of the reason, unless a policy sets another. */
    default int status() {
        return reason().status();
    }

    /** True when the same write may succeed later. Then the answer carries Retry-After. */
    default boolean retryable() {
        return status() == 503 || status() == 429;
    }

    /** The time until the write can be admitted; 0 when that is unknown. */
    default long waitNanos() {
        return 0;
    }

    String sentence();

    /** The facts of the sentence by name, for a client that accepts JSON: strings, numbers or booleans. */
    default Map<String, Object> facts() {
        return Map.of();
    }

    /** A refusal without facts beside its sentence. */
    record Plain(Reason reason, String sentence) implements Rejection {}

    /** A missing or wrong credential. The text is constant, so that an attacker learns nothing from it. */
    record Unauthenticated(Reason reason) implements Rejection {
        @Override
        public String sentence() {
            return "authentication required: the credential is missing or invalid";
        }
    }

    /** A valid credential with another method than POST: people test a password with a GET. */
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

    /** A valid credential of an edge whose tenant no hashring takes. */
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

    /** A refusal with another status, for a sender to which the usual one means something else. */
    record WithStatus(Rejection refusal, int status) implements Rejection {
        @Override
        public Reason reason() {
            return refusal.reason();
        }

        @Override
        public long waitNanos() {
            return refusal.waitNanos();
        }

        @Override
        public String sentence() {
            return refusal.sentence();
        }

        @Override
        public Map<String, Object> facts() {
            return refusal.facts();
        }
    }

    /**
     * Larger than a size limit. The sender drops the batch, so the sentence says how to get smaller ones.
     *
     * @param what the limited thing, for example "packed body"
     * @param limit the key of the cap
     * @param seen the actual or the declared size
     */
    record TooLarge(String what, String limit, long allowed, long seen) implements Rejection {

        public TooLarge(Limit limit, long allowed, long seen) {
            this(what(limit), limit.key(), allowed, seen);
        }

        private static String what(Limit limit) {
            return switch (limit) {
                case MAX_PACKED -> "packed body";
                case MAX_DECODED -> "decoded size (in a receiver)";
                default -> "unpacked body";
            };
        }

        @Override
        public Reason reason() {
            return Reason.BODY_TOO_LARGE;
        }

        @Override
        public String sentence() {
            return "the " + what + " of this write is " + seen + " bytes, " + limit + " allows " + allowed + ": "
                    + BatchAdvice.smaller(allowed, seen);
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("limit", limit, "allowed", allowed, "seen", seen, "setting", BatchAdvice.SETTING);
        }
    }

    /** More series, samples, exemplars or metadata entries than a write may have. */
    record TooMany(Limit limit, long allowed, long seen) implements Rejection {
        @Override
        public Reason reason() {
            return switch (limit) {
                case MAX_SERIES_PER_WRITE -> Reason.TOO_MANY_SERIES;
                case MAX_EXEMPLARS_PER_WRITE -> Reason.TOO_MANY_EXEMPLARS;
                case MAX_METADATA_PER_WRITE -> Reason.TOO_MANY_METADATA;
                default -> Reason.TOO_MANY_SAMPLES;
            };
        }

        @Override
        public String sentence() {
            String what = switch (limit) {
                case MAX_SERIES_PER_WRITE -> "series";
                case MAX_EXEMPLARS_PER_WRITE -> "exemplars";
                case MAX_METADATA_PER_WRITE -> "metadata entries";
                default -> "samples";
            };
            String advice =
                    limit == Limit.MAX_METADATA_PER_WRITE ? BatchAdvice.ofMetadata(allowed) : BatchAdvice.of(allowed);
            return "this write has " + seen + " " + what + ", " + limit.key() + " allows " + allowed + ": " + advice;
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("limit", limit.key(), "allowed", allowed, "seen", seen, "setting", BatchAdvice.SETTING);
        }
    }

    /**
     * More than the burst of a rate: no wait helps.
     *
     * @param of the owner of the rate, for example "tenant acme"
     */
    record OverBurst(Limit limit, String of, long burst, long asked) implements Rejection {
        @Override
        public Reason reason() {
            return Reason.OVER_BURST;
        }

        @Override
        public String sentence() {
            String what = limit == Limit.BYTES_PER_SECOND ? "bytes" : "samples";
            String advice = limit == Limit.BYTES_PER_SECOND ? BatchAdvice.smaller(burst, asked) : BatchAdvice.of(burst);
            return "this write has " + asked + " " + what + ", " + limit.key() + " of " + of + " has a burst of "
                    + burst + ": " + advice;
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("limit", limit.key(), "allowed", burst, "seen", asked, "setting", BatchAdvice.SETTING);
        }
    }

    /**
     * More than a rate allows now.
     *
     * @param of the owner of the rate, for example "tenant acme"
     * @param drop whether the sender should drop the write (429) instead of retrying it (503)
     */
    record OverRate(
            Limit limit, String of, long perSecond, long burst, long asked, long free, long waitNanos, boolean drop)
            implements Rejection {

        @Override
        public Reason reason() {
            return switch (limit) {
                case SAMPLES_PER_SECOND -> Reason.SAMPLE_RATE;
                case BYTES_PER_SECOND -> Reason.BYTE_RATE;
                default -> Reason.REQUEST_RATE;
            };
        }

        @Override
        public int status() {
            return drop ? 429 : reason().status();
        }

        @Override
        public String sentence() {
            return of + " is over " + limit.key() + " " + perSecond + " (burst " + burst + "): this write needs "
                    + asked + " and " + free + " are left";
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("limit", limit.key(), "allowed", perSecond, "burst", burst, "needed", asked, "left", free);
        }
    }

    /** An edge has as many writes in flight, or connections open, as it may have. */
    record ConcurrencyExceeded(Limit limit, String edge, long allowed, long used) implements Rejection {
        @Override
        public Reason reason() {
            return limit == Limit.MAX_CONNECTIONS ? Reason.EDGE_CONNECTIONS : Reason.CONCURRENCY;
        }

        @Override
        public String sentence() {
            String what = limit == Limit.MAX_CONNECTIONS ? " connections open" : " writes in flight";
            return "edge " + edge + " has " + used + what + ", " + limit.key() + " allows " + allowed
                    + ": lower max_shards in the sender's queue_config";
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("limit", limit.key(), "allowed", allowed, "used", used, "setting", "max_shards");
        }
    }

    /** Some series were refused, the receivers acknowledged the others. */
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
