package io.ringgate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Network;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationSlotsTest {

    private static final int SLOTS = 16;
    private static final Network ONE = source("192.0.2.1");

    private long now = 1;
    private final VerificationSlots slots = new VerificationSlots(() -> now);
    private final Map<String, Promise<VerificationResult<String, String>>> running = new TreeMap<>();
    private final List<String> refused = new ArrayList<>();

    private static Network source(String address) {
        return Objects.requireNonNull(Network.parse(address));
    }

    private static Network other(int i) {
        return source("198.51.100." + i);
    }

    @BeforeEach
    void open() {
        slots.resize(SLOTS);
    }

    private void submit(Network source, String name) {
        slots.submit(
                source,
                "",
                Tasks.async(
                        () -> {
                            Promise<VerificationResult<String, String>> promise = Promise.promise();
                            running.put(name, promise);
                            return promise.future();
                        },
                        why -> refused.add(name + " " + why)));
    }

    private void submit(Network source, String name, int many) {
        for (int i = 0; i < many; i++) {
            submit(source, name + i);
        }
    }

    private void end(String name, VerificationResult<String, String> result) {
        Objects.requireNonNull(running.remove(name), name).complete(result);
    }

    @Test
    void one_source_runs_a_quarter_and_the_rest_waits() {
        submit(ONE, "a", 5);
        submit(other(1), "b");

        assertThat(running).containsOnlyKeys("a0", "a1", "a2", "a3", "b");
        end("a0", Tasks.VERIFIED);
        assertThat(running).containsKey("a4");
        assertThat(refused).isEmpty();
    }

    @Test
    void all_together_run_no_more_than_there_are() {
        for (int i = 0; i < SLOTS; i++) {
            submit(other(i), "other" + i);
        }
        submit(ONE, "a");

        assertThat(running).hasSize(SLOTS).doesNotContainKey("a");
        end("other3", Tasks.REJECTED);
        assertThat(running).containsKey("a");
    }

    @Test
    void a_source_that_has_authenticated_comes_before_strangers_and_takes_the_place_of_one() {
        submit(ONE, "first");
        end("first", Tasks.VERIFIED);
        for (int i = 0; i < SLOTS + 4 * SLOTS; i++) {
            submit(other(i), "bad" + i);
        }
        submit(other(200), "stranger");
        submit(ONE, "good");

        assertThat(refused).hasSize(2).contains("stranger QUEUE_FULL");
        end("bad0", Tasks.REJECTED);
        end("bad1", Tasks.REJECTED);
        assertThat(running).containsKey("good");
    }

    @Test
    void what_is_undecided_authenticates_nobody() {
        submit(ONE, "first");
        end("first", new VerificationResult.Undecided<>(Unavailable.FAILED));
        for (int i = 0; i < SLOTS + 4 * SLOTS; i++) {
            submit(other(i), "other" + i);
        }
        submit(ONE, "again");

        assertThat(refused).containsExactly("again QUEUE_FULL");
    }

    @Test
    void even_the_smallest_provider_has_a_slot_for_everybody() {
        slots.resize(1);
        submit(ONE, "a");
        submit(other(1), "b");

        assertThat(running).containsOnlyKeys("a");
        end("a", Tasks.VERIFIED);
        assertThat(running).containsOnlyKeys("b");
    }

    @Test
    void more_slots_are_used_at_once() {
        slots.resize(1);
        submit(ONE, "a");
        submit(other(1), "b");
        slots.resize(2);

        assertThat(running).containsOnlyKeys("a", "b");
    }

    @Test
    void a_source_of_bad_credentials_is_slowed_down_and_others_are_not() {
        for (int i = 0; i < VerificationSlots.MAX_FAILURES; i++) {
            submit(ONE, "bad");
            end("bad", Tasks.REJECTED);
        }

        submit(ONE, "next");
        submit(other(1), "other");
        assertThat(refused).containsExactly("next TOO_MANY_FAILURES");
        assertThat(running).containsOnlyKeys("other");
        now += VerificationSlots.REFILL_NANOS;
        submit(ONE, "next");
        assertThat(running).containsKey("next");
        submit(ONE, "more");
        assertThat(refused).contains("more TOO_MANY_FAILURES");
    }

    @Test
    void good_credentials_cost_nothing() {
        for (int i = 0; i < 1_000; i++) {
            submit(ONE, "good");
            end("good", Tasks.VERIFIED);
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void a_check_that_ends_at_once_frees_its_slot_for_any_number() {
        slots.resize(0);
        slots.resize(1);
        submit(ONE, "slow");
        List<Integer> ended = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            slots.submit(
                    other(i),
                    "",
                    Tasks.of(
                            () -> {
                                ended.add(number);
                                return true;
                            },
                            why -> refused.add(number + " " + why)));
        }
        end("slow", Tasks.VERIFIED);

        assertThat(ended).hasSize(4);
        assertThat(refused).isEmpty();
    }
}
