package io.ringgate.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.jwt.JwtSettings;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.Rings;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.metrics.Metrics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Reloads that the operator asks for, and those that are only asked about. */
class AskedReloadTest {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(ReloadJournal.class);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<ActiveConfiguration> applied = new CopyOnWriteArrayList<>();
    private final ReloadJournal journal = new ReloadJournal(Metrics.none(), () -> Instant.EPOCH);

    @SuppressWarnings("NullAway.Init") // each test makes it first
    private Reloader reloader;

    /** Says the name of a user, "same", or "bad"; a grave one waits for force. */
    private record Said(String name, String text, boolean grave) implements Unit {

        @Override
        public Set<Path> files() {
            return Set.of();
        }

        @Override
        public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
            return switch (text) {
                case "same" -> now;
                case "bad" -> throw new UnitProblem("it is bad");
                default ->
                    now.with(now.loadedIdentities()
                            .with(Htpasswd.parse(text + ":$apr1$saltsalt$kkkkkkkkkkkkkkkkkkkkkk")));
            };
        }

        @Override
        public List<PendingReason> pendingReasons(ActiveConfiguration now, ActiveConfiguration next) {
            return grave ? List.of(new PendingReason(Force.RINGS, "it is grave")) : List.of();
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.addAppender(log);
    }

    @AfterEach
    void close() {
        LOGGER.detachAppender(log);
        reloader.close();
    }

    private void of(Unit... units) {
        GatewayConfig sample =
                Objects.requireNonNull(new ConfigLoader(Path.of("config/ringgate.yaml"), Strictness.LENIENT, _ -> null)
                        .load()
                        .config());
        ActiveConfiguration first = new ActiveConfiguration(
                sample.settings(),
                Rings.NONE,
                new LoadedIdentities(sample.identities(), Htpasswd.empty(), JwtSettings.Files.NONE, null),
                Htpasswd.empty(),
                Map.of(),
                List.of(),
                Map.of(),
                LoadedPolicies.NONE);
        reloader = new Reloader(first, now -> List.of(units), (now, next) -> () -> applied.add(next), journal);
    }

    private ReloadReport reload() {
        return reloader.reload(Set.of()).join();
    }

    private List<String> logged() {
        return log.list.stream().map(AskedReloadTest::line).toList();
    }

    private static String line(ILoggingEvent event) {
        return event.getMessage()
                + event.getKeyValuePairs().stream()
                        .map(pair -> " " + pair.key + "=" + pair.value)
                        .collect(Collectors.joining());
    }

    @Test
    void what_is_refused_or_waits_is_logged_each_time() {
        of(new Said("one", "bad", false), new Said("two", "anna", true));
        String waits = "reload pending unit=two reason=it is grave";
        String refused = "reload refused unit=one reason=it is bad";

        reload();
        reload();

        assertThat(logged()).containsExactly(waits, refused, waits, refused);
    }

    @Test
    void a_dry_run_says_all_and_does_nothing() {
        of(new Said("one", "anna", false), new Said("two", "berta", true), new Said("three", "bad", false));

        assertThat(reloader.dryRun(Set.of()).join().text()).isEqualTo("""
                one: would be applied
                two: would be pending: it is grave
                three: would be refused, the last good one stays: it is bad
                """);
        assertThat(reloader.dryRun(Set.of(Force.RINGS)).join().text()).contains("two: would be applied\n");

        assertThat(applied).isEmpty();
        assertThat(logged()).isEmpty();
        assertThat(journal.states()).allMatch(UnitState::good).allMatch(state -> state.pending() == null);
        assertThat(reload().text())
                .as("what was only asked about is still news")
                .startsWith("one: applied\ntwo: pending");
    }

    @Test
    void the_plan_of_a_dry_run_is_what_the_reload_does() {
        of(new Said("one", "anna", false), new Said("two", "berta", true), new Said("three", "bad", false));

        ReloadPlan plan = reloader.dryRun(Set.of()).join();
        ReloadReport done = reload();

        assertThat(done).isEqualTo(plan.report());
        assertThat(plan.units())
                .extracting(UnitPlan::unit, UnitPlan::getClass)
                .containsExactly(
                        tuple("one", UnitPlan.Changed.class),
                        tuple("two", UnitPlan.Pending.class),
                        tuple("three", UnitPlan.Refused.class));
        assertThat(applied).containsExactly(plan.to());
    }

    @Test
    void a_dry_run_where_nothing_changed_says_so() {
        of(new Said("one", "same", false));

        assertThat(reloader.dryRun(Set.of()).join().text()).isEqualTo("nothing would change\n");
    }
}
