package io.ringgate.reload;

import io.ringgate.watch.FileChanges;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans reloads and applies the plans: one swap for each, then an entry in the journal. One thread at a time. */
final class ReloadRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadRunner.class);

    private final Function<ActiveConfiguration, List<Unit>> units;
    private final ReloadTarget target;
    private final ReloadJournal journal;
    private final ReloadPlanner planner;
    private final Set<String> beingWritten = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private ActiveConfiguration active;
    private UnitIndex index;

    ReloadRunner(
            ActiveConfiguration first,
            Function<ActiveConfiguration, List<Unit>> units,
            ReloadTarget target,
            ReloadJournal journal,
            FileChanges changes) {
        this.units = units;
        this.target = target;
        this.journal = journal;
        this.planner = new ReloadPlanner(units, target, changes);
        this.active = first;
        this.index = planner.index(first);
        journal.list(index.units());
    }

    /** The units there are now. */
    UnitIndex index() {
        return index;
    }

    /** The names of those that were being written when they were read. */
    Set<String> beingWritten() {
        return beingWritten;
    }

    /** The names of those whose files are refused. */
    Set<String> refused() {
        return refused;
    }

    /**
     * Plans the units that are wanted and applies the plan.
     *
     * @param forced which changes do not wait
     * @param asked by the operator: then results that were logged before are logged again
     */
    ReloadReport reload(Predicate<Unit> wanted, Set<Force> forced, boolean asked) {
        List<ReloadReport.Result> results = new ArrayList<>();
        apply(planner.plan(active, index, wanted, forced), false, forced, asked, results);
        return new ReloadReport(results);
    }

    /** The plan of a reload of everything. Changes nothing, also not what is known of the files. */
    ReloadPlan dryRun(Set<Force> forced) {
        return new ReloadPlanner(units, target, new FileChanges()).plan(active, index, unit -> true, forced);
    }

    private void apply(
            ReloadPlan plan, boolean alone, Set<Force> forced, boolean asked, List<ReloadReport.Result> results) {
        try {
            plan.swap().apply();
        } catch (RuntimeException bug) {
            undo(plan);
            if (alone) {
                refuse(plan, bug, asked, results);
            } else {
                applyInParts(plan, forced, asked, results);
            }
            return;
        }
        if (plan.hasEffect()) {
            active = plan.to();
            index = planner.index(active);
            journal.list(index.units());
            refused.retainAll(index.names());
            beingWritten.retainAll(index.names());
        }
        plan.units().forEach(unit -> record(unit, asked, results));
    }

    /** A bug in one unit's change must not stop the others: the plan is halved until the unit with the bug is alone. */
    private void applyInParts(ReloadPlan plan, Set<Force> forced, boolean asked, List<ReloadReport.Result> results) {
        List<String> changed = new ArrayList<>();
        for (UnitPlan unit : plan.units()) {
            if (unit.hasEffect()) {
                changed.add(unit.unit());
            } else if (index.names().contains(unit.unit())) {
                record(unit, asked, results);
            }
        }
        int half = changed.size() / 2;
        for (List<String> part : List.of(changed.subList(0, half), changed.subList(half, changed.size()))) {
            Set<String> names = Set.copyOf(part);
            ReloadPlan ofPart = planner.plan(active, index, unit -> names.contains(unit.name()), forced);
            apply(ofPart, names.size() == 1, forced, asked, results);
        }
    }

    /**
     * A swap changes one part after the other: those that it reached go back, in the same order. It fails in the same place,
     * if at all, and what comes behind that was never reached.
     */
    private void undo(ReloadPlan plan) {
        try {
            target.prepare(plan.to(), plan.from()).apply();
        } catch (UnitProblem | RuntimeException again) {
            LOG.atError().setCause(again).log("reload that failed by a bug is not undone completely");
        }
    }

    private void refuse(ReloadPlan plan, RuntimeException bug, boolean asked, List<ReloadReport.Result> results) {
        for (UnitPlan unit : plan.units()) {
            if (index.names().contains(unit.unit())) {
                LOG.atError().setCause(bug).addKeyValue("unit", unit.unit()).log("reload failed by a bug");
                record(new UnitPlan.Refused(unit.unit(), List.of(UnitReading.BUG)), asked, results);
            }
        }
    }

    private void record(UnitPlan plan, boolean asked, List<ReloadReport.Result> results) {
        boolean written = plan instanceof UnitPlan.BeingWritten;
        set(beingWritten, plan.unit(), written);
        if (!written) {
            set(refused, plan.unit(), plan instanceof UnitPlan.Refused);
        }
        results.addAll(journal.record(plan, asked));
    }

    private static void set(Set<String> names, String name, boolean in) {
        if (in) {
            names.add(name);
        } else {
            names.remove(name);
        }
    }
}
