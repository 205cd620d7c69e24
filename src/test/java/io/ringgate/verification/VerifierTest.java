package io.ringgate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Address;
import io.ringgate.metrics.Metrics;
import io.ringgate.secret.Secret;
import io.ringgate.testing.CountingMetrics;
import io.ringgate.verification.VerificationCounters.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Credentials by hand: a check ends when the test says so, and what it finds counts for one configuration. */
class VerifierTest {

    private static final HeaderDigest DIGESTS = new HeaderDigest(Secret.of("0123456789abcdef"));

    private final CountingMetrics metrics = new CountingMetrics();
    private final List<Promise<VerificationResult<String, String>>> checks = new ArrayList<>();
    private String configuration = "first";
    private @Nullable Unavailable refusal;
    private boolean forAnotherMethod;
    private long now;

    private final Verifier<String, String, String> verifier = new Verifier<>(
            "credentials by hand",
            (source, claimed, task) -> {
                if (refusal == null) {
                    task.run();
                } else {
                    task.refused(refusal);
                }
            },
            () -> now,
            new Verifier.Refusals<>() {
                @Override
                public Future<String> wrong() {
                    return Future.succeededFuture("wrong");
                }

                @Override
                public Future<String> unavailable(Unavailable why) {
                    return Future.succeededFuture(why.name());
                }
            },
            new VerificationCounters(counters(metrics)));

    private static Map<Event, Metrics.Counter> counters(Metrics metrics) {
        Map<Event, Metrics.Counter> counters = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            counters.put(event, metrics.counter("events", "event", event.name()));
        }
        return counters;
    }

    /** Of the configuration of the moment, as long as that is the same. */
    private final class ByHand implements Attempt<String, String, String> {

        private final String credential;

        ByHand(String credential) {
            this.credential = credential;
        }

        @Override
        public HeaderDigest.Value digest() {
            return DIGESTS.of(credential);
        }

        @Override
        public @Nullable Future<String> answer(String verified) {
            return verified.equals(configuration) ? Future.succeededFuture("edge of " + verified) : null;
        }

        @Override
        public boolean isStillRejected(String rejected) {
            return rejected.equals(configuration);
        }

        @Override
        public @Nullable Step<String, String, String> validate() {
            if (forAnotherMethod) {
                return null;
            }
            return switch (credential) {
                case "unreadable" -> new Answered<>(Future.succeededFuture("wrong"));
                case "invalid" -> new Invalid<>(configuration);
                default ->
                    new Check<>(credential + configuration, Address.NONE.source(), "", () -> {
                        if (credential.equals("breaks")) {
                            throw new IllegalStateException("on purpose");
                        }
                        Promise<VerificationResult<String, String>> check = Promise.promise();
                        checks.add(check);
                        return check.future();
                    });
            };
        }
    }

    private Future<String> show(String credential) {
        return Objects.requireNonNull(verifier.verify(new ByHand(credential)));
    }

    private void end(VerificationResult<String, String> result) {
        checks.removeFirst().complete(result);
    }

    private long count(Event event) {
        return metrics.get("events{event=" + event + "}");
    }

    @Test
    void one_check_serves_all_who_show_the_same_and_the_next_needs_none() {
        Future<String> first = show("a");
        Future<String> second = show("a");
        show("b");
        assertThat(checks).hasSize(2);
        end(new VerificationResult.Verified<>("first"));

        assertThat(first.result()).isEqualTo("edge of first").isEqualTo(second.result());
        assertThat(show("a").result()).isEqualTo("edge of first");
        assertThat(checks).hasSize(1);
        assertThat(count(Event.VERIFIED)).isEqualTo(1);
        assertThat(count(Event.CACHED)).isEqualTo(1);
    }

    @Test
    void what_is_rejected_stays_so_for_five_seconds_or_until_the_configuration_changes() {
        show("a");
        end(new VerificationResult.Rejected<>("first"));
        assertThat(show("a").result()).isEqualTo("wrong");
        assertThat(count(Event.CACHED_REJECTED)).isEqualTo(1);

        configuration = "second";
        assertThat(show("a").isComplete()).isFalse();
        end(new VerificationResult.Rejected<>("second"));
        now = VerificationCache.REJECTED_TTL.toNanos();
        assertThat(show("a").isComplete()).isFalse();
    }

    @Test
    void what_is_invalid_is_cached_and_what_is_unreadable_is_not() {
        assertThat(show("invalid").result()).isEqualTo("wrong");
        assertThat(show("invalid").result()).isEqualTo("wrong");
        assertThat(count(Event.CACHED_REJECTED)).isEqualTo(1);
        assertThat(show("unreadable").result()).isEqualTo("wrong");
        assertThat(show("unreadable").result()).isEqualTo("wrong");
        assertThat(count(Event.CACHED_REJECTED)).isEqualTo(1);
    }

    @Test
    void a_change_while_a_check_runs_makes_it_run_again_once() {
        Future<String> answer = show("a");
        configuration = "second";
        end(new VerificationResult.Verified<>("first"));
        assertThat(answer.isComplete()).isFalse();
        end(new VerificationResult.Verified<>("second"));
        assertThat(answer.result()).isEqualTo("edge of second");

        Future<String> chased = show("b");
        configuration = "third";
        end(new VerificationResult.Rejected<>("second"));
        configuration = "fourth";
        end(new VerificationResult.Undecided<>(Unavailable.CHANGED));
        assertThat(chased.result()).isEqualTo("CHANGED");
    }

    @Test
    void what_is_for_another_method_is_not_answered_and_wrong_when_it_became_so_meanwhile() {
        Future<String> answer = show("a");
        configuration = "second";
        forAnotherMethod = true;
        end(new VerificationResult.Verified<>("first"));

        assertThat(answer.result()).isEqualTo("wrong");
        assertThat(verifier.verify(new ByHand("b"))).isNull();
    }

    @Test
    void what_is_good_and_nobodys_is_cached_and_counts_as_rejected() {
        show("a");
        end(new VerificationResult.Unassigned<>("first"));

        assertThat(show("a").result()).isEqualTo("edge of first");
        assertThat(count(Event.REJECTED)).isEqualTo(1);
    }

    @Test
    void a_check_that_breaks_or_is_refused_is_not_remembered() {
        assertThat(show("breaks").result()).isEqualTo("FAILED");
        assertThat(show("breaks").result()).isEqualTo("FAILED");
        assertThat(count(Event.FAILED)).isEqualTo(2);

        refusal = Unavailable.TOO_MANY_FAILURES;
        assertThat(show("a").result()).isEqualTo("TOO_MANY_FAILURES");
        refusal = null;
        assertThat(show("a").isComplete()).isFalse();
        assertThat(checks).hasSize(1);
    }
}
