package io.ringgate.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.config.IssuerKeys;
import io.ringgate.testing.SigningKey;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time and fetches by hand. */
class FetchedKeysTest {

    private static final SigningKey OLD = SigningKey.ec("old", "P-256");
    private static final SigningKey NEW = SigningKey.ec("new", "P-256");
    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Duration STALE = Duration.ofHours(1);

    private record Planned(long at, Runnable task) {}

    private final List<Planned> planned = new ArrayList<>();
    private final List<CompletableFuture<KeySet>> fetches = new ArrayList<>();
    private final List<@Nullable Throwable> heard = new ArrayList<>();
    private long now = 1_000_000_000L;

    private final FetchedKeys keys = new FetchedKeys(
            new IssuerKeys.Fetched(URI.create("https://idp.example/keys"), false, null, REFRESH, STALE),
            () -> {
                CompletableFuture<KeySet> fetch = new CompletableFuture<>();
                fetches.add(fetch);
                return fetch;
            },
            (delay, task) -> planned.add(new Planned(now + delay.toNanos(), task)),
            () -> now,
            new SplittableRandom(1),
            heard::add);

    @BeforeEach
    void start() {
        keys.start();
        advance(Duration.ZERO);
    }

    /** Everything happens that is due by then. */
    private void advance(Duration time) {
        now += time.toNanos();
        List<Planned> due = planned.stream().filter(task -> task.at() <= now).toList();
        planned.removeAll(due);
        due.forEach(task -> task.task().run());
    }

    private void answer(SigningKey... published) throws InvalidDocument {
        fetches.getLast().complete(KeySet.parse(SigningKey.set(published)));
    }

    private void fail() {
        fetches.getLast().completeExceptionally(new InvalidDocument("is down"));
    }

    @Test
    void there_are_none_before_the_first_answer() throws InvalidDocument {
        assertThat(keys.now()).isNull();
        assertThat(keys.lacks("old")).isFalse();
        assertThat(fetches).hasSize(1);

        answer(OLD);

        assertThat(keys.now()).isNotNull();
        assertThat(heard).containsExactly((Throwable) null);
    }

    @Test
    void they_are_fetched_again_ahead_of_need() throws InvalidDocument {
        answer(OLD);
        advance(REFRESH.multipliedBy(9).dividedBy(10).minusMillis(1));
        assertThat(fetches).hasSize(1);

        advance(REFRESH.dividedBy(10).plusMillis(1));

        assertThat(fetches).hasSize(2);
    }

    @Test
    void an_unknown_key_is_asked_for_at_once_and_is_unknown_only_after_that() throws InvalidDocument {
        answer(OLD);
        advance(FetchedKeys.PAUSE);

        assertThat(keys.lacks("new")).isFalse();
        advance(Duration.ofMillis(1));
        assertThat(fetches).hasSize(2);
        assertThat(keys.lacks("new")).as("while it is asked for").isFalse();
        answer(OLD);

        assertThat(keys.lacks("new")).isTrue();
    }

    @Test
    void however_many_unknown_keys_there_are_no_fetch_comes_before_the_pause_is_over() throws InvalidDocument {
        answer(OLD);
        for (int i = 0; i < 5_000; i++) {
            assertThat(keys.lacks("k" + i)).isFalse();
        }
        advance(FetchedKeys.PAUSE.minusMillis(1));
        assertThat(fetches).hasSize(1);

        advance(Duration.ofMillis(1));
        answer(OLD);

        assertThat(fetches).hasSize(2);
        assertThat(keys.lacks("k4999")).isTrue();
    }

    @Test
    void a_key_that_is_unknown_for_long_is_asked_for_again() throws InvalidDocument {
        answer(OLD);
        keys.lacks("new");
        advance(FetchedKeys.PAUSE);
        answer(OLD);
        assertThat(keys.lacks("new")).isTrue();
        advance(FetchedKeys.PAUSE);

        assertThat(keys.lacks("new")).isFalse();
        advance(Duration.ZERO);
        answer(OLD, NEW);

        KeySet set = keys.now();
        assertThat(set).isNotNull();
        assertThat(set.knows("new")).isTrue();
    }

    @Test
    void while_the_issuer_is_down_no_key_is_unknown_for_certain() throws InvalidDocument {
        answer(OLD);
        keys.lacks("new");
        advance(FetchedKeys.PAUSE);
        fail();

        assertThat(keys.lacks("new")).isFalse();
    }

    @Test
    void a_key_that_was_withdrawn_is_unknown_at_once() throws InvalidDocument {
        answer(OLD, NEW);
        advance(REFRESH);
        answer(NEW);

        assertThat(keys.lacks("old")).isTrue();
    }

    @Test
    void an_issuer_that_is_down_answers_from_the_old_keys_for_a_while() throws InvalidDocument {
        answer(OLD);
        advance(REFRESH);
        fail();
        for (int i = 0; i < 10; i++) {
            advance(FetchedKeys.PAUSE);
            fail();
        }
        assertThat(fetches).as("it is tried again and again").hasSizeGreaterThan(10);
        now += STALE.minus(REFRESH).minus(FetchedKeys.PAUSE.multipliedBy(10)).toNanos();
        assertThat(keys.now()).isNotNull();

        now++;
        assertThat(keys.now()).isNull();
        advance(FetchedKeys.PAUSE);
        answer(OLD);
        assertThat(keys.now()).isNotNull();
    }

    @Test
    void equal_keys_are_the_same_as_before() throws InvalidDocument {
        answer(OLD);
        KeySet before = keys.now();
        advance(REFRESH);
        answer(OLD);

        assertThat(keys.now()).isSameAs(before);
    }

    @Test
    void a_set_without_keys_withdraws_all_and_judges_nobody() throws InvalidDocument {
        answer(OLD);
        advance(REFRESH);
        answer();

        assertThat(keys.now()).isNull();
    }

    @Test
    void after_the_end_nothing_is_fetched_and_what_comes_is_not_taken() throws InvalidDocument {
        keys.close();
        answer(OLD);
        advance(REFRESH);

        assertThat(keys.now()).isNull();
        assertThat(fetches).hasSize(1);
        assertThat(heard).isEmpty();
    }
}
