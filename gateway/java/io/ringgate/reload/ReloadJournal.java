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
 * Records the result of each unit's reload, for the log, the metrics and the status page. Written by the thread that
 * reloads, read by any.
 */
public final class ReloadJournal {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadJournal.class);

    private final Metrics metrics;
    private final InstantSource clock;
    private volatile Map<String, Entry> entries = Map.of();

    public ReloadJournal(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The state of a unit, and whether it has gauges: a batched unit gets them once it was refused. */
    private static final class Entry {

        private final boolean batched;
        private volatile UnitState state;
        private boolean shown;
        private volatile @Nullable Long hash;

        Entry(boolean batched, UnitState state) {
            this.batched = batched;
            this.state = state;
        }
    }

    /** The units there are now. New ones count as read just now; removed ones leave the page. */
    public void list(Collection<Unit> units) {
        Map<String, Entry> before = entries;
        Map<String, Entry> next = new LinkedHashMap<>();
        for (Unit unit : units) {
            Entry known = before.get(unit.name());
            next.put(unit.name(), known != null ? known : new Entry(unit instanceof BatchedUnit, fresh(unit.name())));
        }
        entries = next;
        next.forEach((name, entry) -> {
            if (!entry.batched) {
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
        if (entry.hash != null && !entry.batched) {
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

    /**
     * Records the result of a unit's reload.
     *
     * @param asked by the operator: then what is refused or pending is logged again although it was logged before
     * @return what to answer
     */
    List<ReloadReport.Result> record(UnitPlan plan, boolean asked) {
        return switch (plan) {
            case UnitPlan.Unchanged(String unit, long hash) -> unchanged(unit, hash);
            case UnitPlan.Changed(String unit, String what, long hash) -> {
                Instant now = clock.instant();
                entry(unit).state = new UnitState(unit, now, now, List.of(), null);
                hash(unit, hash);
                count(unit, "applied");
                LOG.atInfo()
                        .addKeyValue("unit", unit)
                        .addKeyValue("change", what)
                        .log("configuration applied");
                yield ReloadReport.results(plan);
            }
            case UnitPlan.Pending pending -> {
                pending(pending, asked);
                yield ReloadReport.results(plan);
            }
            case UnitPlan.Refused(String unit, List<String> problems) -> {
                refused(unit, problems, asked);
                yield ReloadReport.results(plan);
            }
            case UnitPlan.BeingWritten _ -> ReloadReport.results(plan);
        };
    }

    /** Nothing to log, unless its files were refused or pending before. */
    private List<ReloadReport.Result> unchanged(String unit, long hash) {
        Entry entry = entry(unit);
        UnitState before = entry.state;
        entry.state = new UnitState(unit, before.since(), clock.instant(), List.of(), null);
        hash(unit, hash);
        if (before.good() && before.pending() == null) {
            return List.of();
        }
        count(unit, "applied");
        LOG.atInfo().addKeyValue("unit", unit).log("configuration is again what is active");
        return List.of(ReloadReport.Result.applied(unit, ""));
    }

    private void hash(String unit, long hash) {
        Entry entry = entry(unit);
        boolean first = entry.hash == null;
        entry.hash = hash;
        if (first && !entry.batched) {
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
            if (file.getValue().batched && hash != null) {
                all = FilesHash.plus(all, file.getKey(), hash);
            }
        }
        return all;
    }

    private void refused(String unit, List<String> problems, boolean asked) {
        Entry entry = entry(unit);
        UnitState before = entry.state;
        entry.state = new UnitState(unit, before.since(), before.read(), problems, null);
        show(unit, entry);
        if (asked || !before.problems().equals(problems)) {
            count(unit, "refused");
            for (String problem : problems) {
                LOG.atError()
                        .addKeyValue("unit", unit)
                        .addKeyValue("reason", problem)
                        .log("reload refused");
            }
        }
    }

    private void pending(UnitPlan.Pending plan, boolean asked) {
        String unit = plan.unit();
        if (!plan.withdrawals().isEmpty()) {
            count(unit, "applied");
            LOG.atInfo()
                    .addKeyValue("unit", unit)
                    .addKeyValue("change", plan.withdrawals())
                    .log("withdrawals applied");
        }
        Entry entry = entry(unit);
        UnitState before = entry.state;
        entry.state = new UnitState(unit, before.since(), before.read(), List.of(), plan.why());
        show(unit, entry);
        if (asked || !plan.why().equals(before.pending())) {
            count(unit, "pending");
            LOG.atWarn()
                    .addKeyValue("unit", unit)
                    .addKeyValue("reason", plan.why())
                    .log("reload pending");
        }
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
