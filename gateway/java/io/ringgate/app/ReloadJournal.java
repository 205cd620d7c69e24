package io.ringgate.app;

import io.ringgate.metrics.Metrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of each unit, for the log, the metrics and the status page. Written by the thread that reloads, read by
 * any.
 */
final class ReloadJournal {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadJournal.class);

    private final Metrics metrics;
    private final InstantSource clock;
    private volatile Map<String, UnitState> states = Map.of();

    ReloadJournal(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The units there are now. New ones count as read just now; those that are gone leave the page. */
    void knows(Collection<Unit> units) {
        Set<String> names = units.stream().map(Unit::name).collect(Collectors.toSet());
        Map<String, UnitState> next = new LinkedHashMap<>();
        for (Unit unit : units) {
            UnitState known = states.get(unit.name());
            next.put(unit.name(), known != null ? known : fresh(unit.name()));
        }
        Set<String> before = states.keySet();
        states = next;
        names.stream().filter(name -> !before.contains(name)).forEach(this::show);
        before.stream().filter(name -> !names.contains(name)).forEach(this::hide);
    }

    private void hide(String unit) {
        metrics.dropGauge("ringgate_config_last_reload_successful", "unit", unit);
        metrics.dropGauge("ringgate_config_reload_pending", "unit", unit);
        metrics.dropGauge("ringgate_config_last_reload_success_timestamp_seconds", "unit", unit);
    }

    private void show(String unit) {
        metrics.gauge("ringgate_config_last_reload_successful", () -> good(unit) ? 1 : 0, "unit", unit);
        metrics.gauge("ringgate_config_reload_pending", () -> pending(unit) ? 1 : 0, "unit", unit);
        metrics.gauge(
                "ringgate_config_last_reload_success_timestamp_seconds",
                () -> read(unit).toEpochMilli() / 1000.0,
                "unit",
                unit);
    }

    private boolean good(String unit) {
        UnitState state = states.get(unit);
        return state == null || state.good();
    }

    private boolean pending(String unit) {
        UnitState state = states.get(unit);
        return state != null && state.pending() != null;
    }

    private UnitState fresh(String unit) {
        return new UnitState(unit, clock.instant(), clock.instant(), List.of(), null);
    }

    private Instant read(String unit) {
        UnitState state = states.get(unit);
        return state == null ? Instant.EPOCH : state.read();
    }

    /** What its files say now is in force. Null when that is no news. */
    Reloaded.@Nullable Result took(String unit, boolean changed) {
        boolean mended = !good(unit) || pending(unit);
        UnitState before = states.get(unit);
        Instant since = before == null || changed ? clock.instant() : before.since();
        put(new UnitState(unit, since, clock.instant(), List.of(), null));
        if (!changed && !mended) {
            return null;
        }
        count(unit, "applied");
        LOG.info("configuration: {} {}", unit, changed ? "changed and is in force" : "is again what is in force");
        return new Reloaded.Result(unit, Reloaded.Ending.IN_FORCE, List.of());
    }

    Reloaded.Result refused(String unit, List<String> problems) {
        UnitState before = states.get(unit);
        UnitState good = before == null ? fresh(unit) : before;
        put(new UnitState(unit, good.since(), good.read(), problems, null));
        if (before == null || !before.problems().equals(problems)) {
            count(unit, "refused");
            problems.forEach(
                    problem -> LOG.error("configuration: {} is refused, the last good one stays: {}", unit, problem));
        }
        return new Reloaded.Result(unit, Reloaded.Ending.REFUSED, problems);
    }

    Reloaded.Result waits(String unit, String why) {
        UnitState before = states.get(unit);
        UnitState good = before == null ? fresh(unit) : before;
        put(new UnitState(unit, good.since(), good.read(), List.of(), why));
        if (before == null || !why.equals(before.pending())) {
            count(unit, "pending");
            LOG.warn("configuration: {} waits, what is in force stays: {}", unit, why);
        }
        return new Reloaded.Result(unit, Reloaded.Ending.WAITS, List.of(why));
    }

    Collection<UnitState> states() {
        return states.values();
    }

    private void put(UnitState state) {
        Map<String, UnitState> next = new LinkedHashMap<>(states);
        next.put(state.unit(), state);
        states = next;
    }

    private void count(String unit, String outcome) {
        metrics.counter("ringgate_config_reloads_total", "unit", unit, "outcome", outcome)
                .increment();
    }
}
