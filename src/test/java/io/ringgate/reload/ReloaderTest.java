package io.ringgate.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.jwt.JwtSettings;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.PolicyFile;
import io.ringgate.config.Rings;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.edge.TenantId;
import io.ringgate.metrics.Metrics;
import io.ringgate.reload.unit.PolicyUnit;
import io.ringgate.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloaderTest {

    private static final String HASH = "$apr1$saltsalt$kkkkkkkkkkkkkkkkkkkkkk";

    private static final ConfigLoader SAMPLE =
            new ConfigLoader(Path.of("config/ringgate.yaml"), Strictness.LENIENT, _ -> null);

    @TempDir
    private Path folder;

    private final List<ActiveConfiguration> applied = new CopyOnWriteArrayList<>();
    private final ReloadJournal journal = new ReloadJournal(Metrics.none(), () -> Instant.EPOCH);
    private final List<Unit> units = new CopyOnWriteArrayList<>();
    private ActiveConfiguration first;
    private @Nullable Reloader made;

    @BeforeEach
    void open() throws IOException {
        GatewayConfig sample = Objects.requireNonNull(SAMPLE.load().config());
        first = new ActiveConfiguration(
                sample.settings(),
                Rings.NONE,
                new LoadedIdentities(sample.identities(), Htpasswd.empty(), JwtSettings.Files.NONE, null),
                Htpasswd.empty(),
                Map.of(),
                List.of(),
                Map.of(),
                LoadedPolicies.NONE);
        write("one", "");
        write("two", "");
    }

    @AfterEach
    void close() {
        reloader().close();
    }

    /** Once the units are there. */
    private Reloader reloader() {
        Reloader there = made;
        if (there == null) {
            there = new Reloader(first, now -> units, (now, next) -> () -> applied.add(next), journal);
            made = there;
        }
        return there;
    }

    private void write(String unit, String text) throws IOException {
        Files.writeString(folder.resolve(unit), text);
    }

    /** Its file is an htpasswd, or begins with "bad", or with "after 1": then another change must come before it. */
    private class FileUnit implements Unit {

        private final String name;

        FileUnit(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<Path> files() {
            return Set.of(folder.resolve(name));
        }

        @Override
        public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
            String text;
            try {
                text = Files.readString(folder.resolve(name));
            } catch (IOException e) {
                throw new UnitProblem("it is gone");
            }
            if (text.startsWith("bad")) {
                throw new UnitProblem("it is bad");
            }
            if (text.startsWith("after 1") && applied.isEmpty() && now.equals(first)) {
                throw new UnitProblem("the other comes first");
            }
            return text.isEmpty() ? now : now.with(now.loadedIdentities().with(Htpasswd.parse(text)));
        }
    }

    private ReloadReport reload() {
        return reloader().reload(Set.of()).join();
    }

    @Test
    void what_did_not_change_is_no_news_and_is_not_applied() {
        units.add(new FileUnit("one"));

        assertThat(reload().units()).isEmpty();
        assertThat(applied).isEmpty();
    }

    @Test
    void a_change_is_applied_once() throws IOException {
        units.add(new FileUnit("one"));
        write("one", "berlin:" + HASH);

        assertThat(reload().text()).isEqualTo("one: applied\n");
        assertThat(reload().text()).isEqualTo("nothing changed\n");
        assertThat(applied)
                .singleElement()
                .satisfies(next ->
                        assertThat(next.loadedIdentities().htpasswd()).isEqualTo(Htpasswd.parse("berlin:" + HASH)));
    }

    @Test
    void a_bad_unit_keeps_what_is_in_force_and_holds_up_no_other() throws IOException {
        units.add(new FileUnit("one"));
        units.add(new FileUnit("two"));
        write("one", "bad");
        write("two", "berlin:" + HASH);

        ReloadReport done = reload();

        assertThat(done.outcome()).isEqualTo(ReloadReport.Outcome.REFUSED);
        assertThat(done.text()).isEqualTo("two: applied\none: refused, the last good one stays: it is bad\n");
        assertThat(applied).hasSize(1);
        assertThat(journal.states()).anySatisfy(state -> {
            assertThat(state.unit()).isEqualTo("one");
            assertThat(state.good()).isFalse();
        });
    }

    @Test
    void a_bad_unit_that_is_put_back_is_good_again() throws IOException {
        units.add(new FileUnit("one"));
        write("one", "bad");
        reload();
        write("one", "");

        assertThat(reload().text()).isEqualTo("one: applied\n");
        assertThat(journal.states()).allMatch(UnitState::good);
        assertThat(applied).isEmpty();
    }

    @Test
    void a_unit_that_needs_another_is_tried_again_after_it() throws IOException {
        units.add(new FileUnit("one"));
        units.add(new FileUnit("two"));
        write("one", "after 1\nberlin:" + HASH);
        write("two", "paris:" + HASH);

        assertThat(reload().text()).isEqualTo("two: applied\none: applied\n");
        assertThat(applied)
                .as("both in one swap")
                .singleElement()
                .satisfies(next -> assertThat(next.loadedIdentities().htpasswd())
                        .isEqualTo(Htpasswd.parse("after 1\nberlin:" + HASH)));
    }

    @Test
    void a_unit_that_is_written_while_it_is_read_waits() throws IOException {
        units.add(new FileUnit("one") {
            @Override
            public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
                ActiveConfiguration next = super.read(now);
                try {
                    write("one", "berlin:" + HASH + "\nparis:" + HASH);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return next;
            }
        });
        write("one", "berlin:" + HASH);

        assertThat(reload().text()).contains("one: pending", "being written now");
        assertThat(applied).isEmpty();
        assertThat(journal.states()).allMatch(UnitState::good);
    }

    @Test
    void a_fault_in_one_unit_holds_up_no_other() throws IOException {
        units.add(new FileUnit("one") {
            @Override
            public ActiveConfiguration read(ActiveConfiguration now) {
                throw new IllegalStateException("on purpose");
            }
        });
        units.add(new FileUnit("two"));
        write("two", "berlin:" + HASH);

        assertThat(reload().text()).contains("two: applied", "one: refused", "internal error of the gateway");
        assertThat(applied).hasSize(1);
    }

    /** Its file needs the operator's word for everything but an empty text. */
    private final class HeldUnit extends FileUnit {

        HeldUnit() {
            super("one");
        }

        @Override
        public List<PendingReason> pendingReasons(ActiveConfiguration now, ActiveConfiguration next) {
            return List.of(new PendingReason(Force.RINGS, "it is grave"));
        }
    }

    private UnitState only() {
        return journal.states().iterator().next();
    }

    @Test
    void a_change_that_needs_the_operators_word_waits_for_it() throws IOException {
        units.add(new HeldUnit());
        write("one", "berlin:" + HASH);

        ReloadReport waiting = reload();

        assertThat(waiting.outcome()).isEqualTo(ReloadReport.Outcome.PENDING);
        assertThat(waiting.text()).isEqualTo("one: pending: it is grave\n");
        assertThat(reload().text()).as("asked again").isEqualTo("one: pending: it is grave\n");
        assertThat(applied).isEmpty();
        assertThat(only().good()).isTrue();
        assertThat(only().pending()).isEqualTo("it is grave");

        assertThat(reloader().reload(Set.of(Force.RINGS)).join().text()).isEqualTo("one: applied\n");
        assertThat(applied).hasSize(1);
        assertThat(only().pending()).isNull();
    }

    @Test
    void a_change_that_waits_and_is_taken_back_is_none() throws IOException {
        units.add(new HeldUnit());
        write("one", "berlin:" + HASH);
        reload();
        write("one", "");

        assertThat(reload().text()).isEqualTo("one: applied\n");
        assertThat(only().pending()).isNull();
        assertThat(applied).isEmpty();
    }

    @Test
    void a_change_that_waits_and_becomes_bad_is_refused() throws IOException {
        units.add(new HeldUnit());
        write("one", "berlin:" + HASH);
        reload();
        write("one", "bad");

        assertThat(reload().text()).startsWith("one: refused");
        assertThat(only().pending()).isNull();
        assertThat(only().good()).isFalse();
    }

    @Test
    void a_unit_that_another_took_out_of_use_is_not_read() throws IOException {
        FileUnit second = new FileUnit("two");
        units.add(new FileUnit("one") {
            @Override
            public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
                units.remove(second);
                return super.read(now);
            }
        });
        units.add(second);
        write("one", "berlin:" + HASH);
        write("two", "bad");

        assertThat(reload().text()).isEqualTo("one: applied\n");
    }

    @Test
    void a_unit_that_comes_with_another_is_read_in_the_same_go() throws IOException {
        units.add(new FileUnit("one") {
            @Override
            public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
                units.add(new FileUnit("two"));
                return super.read(now);
            }
        });
        write("one", "berlin:" + HASH);
        write("two", "bad");

        assertThat(reload().text()).isEqualTo("one: applied\ntwo: refused, the last good one stays: it is bad\n");
        assertThat(journal.states()).extracting(UnitState::good).containsExactly(true, false);
    }

    private PolicyUnit policy(String tenant, String text) throws IOException {
        PolicyFile file = PolicyFile.of(new TenantId(tenant), folder);
        Files.writeString(file.file(), text);
        return new PolicyUnit(SAMPLE, file);
    }

    @Test
    void policies_come_into_force_together_and_one_that_is_bad_holds_up_no_other() throws IOException {
        units.add(policy("one", "weight: 1"));
        units.add(policy("two", "weight: much"));
        units.add(policy("three", "weight: 3"));

        assertThat(reload().text()).startsWith("""
                limits/one.yaml: applied: weight not set -> 1
                limits/three.yaml: applied: weight not set -> 3
                limits/two.yaml: refused""");
        assertThat(applied)
                .singleElement()
                .satisfies(next -> assertThat(next.policies().tenants().keySet())
                        .containsExactlyInAnyOrder(new TenantId("one"), new TenantId("three")));
    }

    @Test
    void what_cannot_be_brought_into_force_is_refused_with_all_that_came_with_it() throws IOException {
        units.add(policy("one", "weight: 1"));
        units.add(policy("two", "weight: 2"));
        made = new Reloader(
                first,
                now -> units,
                (now, next) -> {
                    throw new UnitProblem("it does not fit");
                },
                journal);

        assertThat(reload().text())
                .contains("one.yaml: refused", "two.yaml: refused")
                .doesNotContain("applied");
    }

    @Test
    void a_bug_in_one_change_that_is_applied_stops_no_other() throws IOException {
        for (String tenant : List.of("one", "two", "three", "four", "five")) {
            units.add(policy(tenant, "weight: 1"));
        }
        made = new Reloader(
                first,
                now -> units,
                (now, next) -> () -> {
                    if (next.policies().tenants().containsKey(new TenantId("four"))) {
                        throw new IllegalStateException("on purpose");
                    }
                    applied.add(next);
                },
                journal);

        assertThat(reload().text())
                .contains("one.yaml: applied", "two.yaml: applied", "three.yaml: applied", "five.yaml: applied")
                .contains("four.yaml: refused, the last good one stays: internal error of the gateway");
        assertThat(applied.getLast().policies().tenants().keySet())
                .extracting(TenantId::value)
                .containsExactlyInAnyOrder("one", "two", "three", "five");
    }

    @Test
    void a_refused_unit_is_tried_again_by_itself_and_told_once() throws IOException {
        units.add(new FileUnit("one"));
        write("one", "after 1\nberlin:" + HASH);
        reload();
        applied.add(first);
        reloader().start();

        Await.until("it is taken", () -> applied.size() == 2);
    }
}
