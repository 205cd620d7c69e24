package io.ringgate.reload;

import io.ringgate.metrics.Metrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of each unit, for the log, the metrics and the status page. Written by the thread that reloads, read by
 * any.
 */
public final class ReloadJournal implements ReloadEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadJournal.class);

    private final Metrics metrics;
    private final InstantSource clock;
    private volatile Map<String, Entry> entries = Map.of();

    public ReloadJournal(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** How a unit stands now; and whether it has gauges, which one of many gets only once it was refused. */
    private static final class Entry {

        private final boolean oneOfMany;
        private volatile UnitState state;
        private boolean shown;
        private volatile @Nullable Long hash;

        Entry(boolean oneOfMany, UnitState state) {
            this.oneOfMany = oneOfMany;
            this.state = state;
        }
    }

    /** The units there are now. New ones count as read just now; those that are gone leave the page. */
    @Override
    public void knows(Collection<Unit> units) {
        Map<String, Entry> before = entries;
        Map<String, Entry> next = new LinkedHashMap<>();
        for (Unit unit : units) {
            Entry known = before.get(unit.name());
            next.put(unit.name(), known != null ? known : new Entry(unit instanceof BatchedUnit, fresh(unit.name())));
        }
        entries = next;
        next.forEach((name, entry) -> {
            if (!entry.oneOfMany) {
                show(name, entry);
            }
        });
        before.forEach((name, entry) -> {
            if (!next.containsKey(name)) {
                hide(name, entry);
            }
        });
    }

    private void hide(String unit, Entry entry) {
        if (entry.hash != null && !entry.oneOfMany) {
            metrics.dropGauge("ringgate_config_hash", "unit", unit);
        }
        if (entry.shown) {
            metrics.dropGauge("ringgate_config_last_reload_successful", "unit", unit);
            metrics.dropGauge("ringgate_config_reload_pending", "unit", unit);
            metrics.dropGauge("ringgate_config_last_reload_success_timestamp_seconds", "unit", unit);
        }
    }

    private void show(String unit, Entry entry) {
        if (entry.shown) {
            return;
        }
        entry.shown = true;
        metrics.gauge("ringgate_config_last_reload_successful", () -> entry.state.good() ? 1 : 0, "unit", unit);
        metrics.gauge("ringgate_config_reload_pending", () -> entry.state.pending() != null ? 1 : 0, "unit", unit);
        metrics.gauge(
                "ringgate_config_last_reload_success_timestamp_seconds",
                () -> entry.state.read().toEpochMilli() / 1000.0,
                "unit",
                unit);
    }

    private UnitState fresh(String unit) {
        return new UnitState(unit, clock.instant(), clock.instant(), List.of(), null);
    }

    @Override
    public ReloadReport.@Nullable Result took(String unit, boolean changed, String what) {
        Entry entry = entry(unit);
        UnitState before = entry.state;
        boolean mended = !before.good() || before.pending() != null;
        Instant time = clock.instant();
        entry.state = new UnitState(unit, changed ? time : before.since(), time, List.of(), null);
        if (!changed && !mended) {
            return null;
        }
        count(unit, "applied");
        String more = what.isEmpty() ? "" : ": " + what;
        LOG.info(
                "configuration: {} {}{}",
                unit,
                changed ? "changed and is in force" : "is again what is in force",
                more);
        return ReloadReport.Result.inForce(unit, what);
    }

    @Override
    public ReloadReport.Result tookPart(String unit, String what) {
        count(unit, "applied");
        LOG.info("configuration: {} withdrawals are in force: {}", unit, what);
        return ReloadReport.Result.inForce(unit, "withdrawals: " + what);
    }

    @Override
    public void hash(String unit, long hash) {
        Entry entry = entry(unit);
        boolean first = entry.hash == null;
        entry.hash = hash;
        if (first && !entry.oneOfMany) {
            metrics.gauge("ringgate_config_hash", () -> hash(unit), "unit", unit);
        }
    }

    /** That of the limits is of all their files together. */
    private double hash(String unit) {
        Entry entry = entries.get(unit);
        Long own = entry == null ? null : entry.hash;
        if (own == null) {
            return Double.NaN;
        }
        return unit.equals(BatchedUnit.LISTED_BY) ? withFiles(own) : own;
    }

    private double withFiles(long folder) {
        long all = folder;
        for (Map.Entry<String, Entry> file : entries.entrySet()) {
            Long hash = file.getValue().hash;
            if (file.getValue().oneOfMany && hash != null) {
                all = FilesHash.plus(all, file.getKey(), hash);
            }
        }
        return all;
    }

    @Override
    public ReloadReport.Result refused(String unit, List<String> problems, boolean asked) {
        Entry entry = entry(unit);
        UnitState before = entry.state;
        entry.state = new UnitState(unit, before.since(), before.read(), problems, null);
        show(unit, entry);
        if (asked || !before.problems().equals(problems)) {
            count(unit, "refused");
            problems.forEach(
                    problem -> LOG.error("configuration: {} is refused, the last good one stays: {}", unit, problem));
        }
        return new ReloadReport.Result(unit, ReloadReport.Ending.REFUSED, problems);
    }

    @Override
    public ReloadReport.Result waits(String unit, String why, boolean asked) {
        Entry entry = entry(unit);
        UnitState before = entry.state;
        entry.state = new UnitState(unit, before.since(), before.read(), List.of(), why);
        show(unit, entry);
        if (asked || !why.equals(before.pending())) {
            count(unit, "pending");
            LOG.warn("configuration: {} waits, what is in force stays: {}", unit, why);
        }
        return new ReloadReport.Result(unit, ReloadReport.Ending.WAITS, List.of(why));
    }

    public Collection<UnitState> states() {
        return entries.values().stream().map(entry -> entry.state).toList();
    }

    private Entry entry(String unit) {
        return Objects.requireNonNull(entries.get(unit), unit);
    }

    private void count(String unit, String outcome) {
        metrics.counter("ringgate_config_reloads_total", "unit", unit, "outcome", outcome)
                .increment();
    }
}
