package io.ringgate.reload;

import io.ringgate.watch.FileChanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Plans a reload: reads the units' files one after the other and says what each would do. Each is read against what the
 * ones before it would make active. Touches nothing that runs. One thread.
 *
 * <p>A unit that cannot be used changes nothing. When others changed after it, it is read once more: an edge and its
 * ring may come, or go, with the same change of files.
 */
final class ReloadPlanner {

    private final Function<ActiveConfiguration, List<Unit>> units;
    private final ReloadTarget target;
    private final FileChanges changes;

    /** @param changes tells whether a file is being written while it is read */
    ReloadPlanner(Function<ActiveConfiguration, List<Unit>> units, ReloadTarget target, FileChanges changes) {
        this.units = units;
        this.target = target;
        this.changes = changes;
    }

    /** The units of a configuration. */
    UnitIndex index(ActiveConfiguration configuration) {
        return UnitIndex.of(units.apply(configuration));
    }

    /**
     * Plans the units that are wanted, and those that come with a change of them.
     *
     * @param index the units of what is active
     * @param forced which changes do not wait
     */
    ReloadPlan plan(ActiveConfiguration active, UnitIndex index, Predicate<Unit> wanted, Set<Force> forced) {
        return new Draft(active, index, forced).plan(wanted);
    }

    /** What a batched unit changes, with the hash of its file. */
    private record BatchedChange(LoadedPolicies.Change change, UnitPlan plan) {}

    /** One plan while it is made. */
    private final class Draft {

        private final ActiveConfiguration from;
        private final Set<Force> forced;
        private final List<UnitPlan> plans = new ArrayList<>();
        private final Map<Unit, UnitProblem> problems = new LinkedHashMap<>();
        /** Changes of batched units that are not in {@link #to} yet. */
        private final Map<Unit, BatchedChange> batch = new LinkedHashMap<>();

        private ActiveConfiguration to;
        private UnitIndex index;
        private boolean changed;
        private ReloadTarget.Swap swap = ReloadTarget.Swap.NONE;

        Draft(ActiveConfiguration from, UnitIndex index, Set<Force> forced) {
            this.from = from;
            this.to = from;
            this.index = index;
            this.forced = forced;
        }

        ReloadPlan plan(Predicate<Unit> wanted) {
            UnitIndex before = index;
            before.units().stream().filter(wanted).forEach(this::read);
            addBatch();
            index.units().stream().filter(unit -> !before.has(unit)).toList().forEach(this::read);
            addBatch();
            if (changed) {
                List<Unit> failed = List.copyOf(problems.keySet());
                problems.clear();
                failed.forEach(this::read);
                addBatch();
            }
            problems.forEach((unit, problem) -> plans.add(new UnitPlan.Refused(unit.name(), problem.sentences())));
            plans.removeIf(plan -> !index.names().contains(plan.unit()));
            return new ReloadPlan(from, to, plans, swap);
        }

        private void read(Unit unit) {
            if (!(unit instanceof BatchedUnit)) {
                addBatch();
            }
            // A unit before it may have taken this one's file out of use.
            if (!index.has(unit)) {
                return;
            }
            try {
                if (unit instanceof BatchedUnit batched) {
                    readBatched(batched);
                } else {
                    readAlone(unit);
                }
            } catch (UnitProblem e) {
                problems.put(unit, e);
            }
        }

        private void readBatched(BatchedUnit unit) throws UnitProblem {
            UnitReading<Optional<LoadedPolicies.Change>> reading =
                    new UnitReading<>(unit, () -> Optional.ofNullable(unit.change(to)));
            if (isBeingWritten(unit, reading)) {
                return;
            }
            Optional<LoadedPolicies.Change> change = reading.result();
            if (change.isEmpty()) {
                plans.add(new UnitPlan.Unchanged(unit.name(), reading.hash()));
                return;
            }
            UnitPlan plan = UnitPlan.of(
                    unit.name(),
                    unit.describe(to, change.get()),
                    unit.pendingReasons(to, change.get()),
                    forced,
                    reading.hash());
            if (plan instanceof UnitPlan.Changed) {
                batch.put(unit, new BatchedChange(change.get(), plan));
            } else {
                plans.add(plan);
            }
        }

        private void readAlone(Unit unit) throws UnitProblem {
            UnitReading<ActiveConfiguration> reading = new UnitReading<>(unit, () -> unit.read(to));
            if (isBeingWritten(unit, reading)) {
                return;
            }
            ActiveConfiguration next = reading.result();
            if (next.equals(to)) {
                plans.add(new UnitPlan.Unchanged(unit.name(), reading.hash()));
                return;
            }
            UnitPlan plan = UnitPlan.of(
                    unit.name(), unit.describe(to, next), unit.pendingReasons(to, next), forced, reading.hash());
            if (plan instanceof UnitPlan.Pending pending) {
                plans.add(withWithdrawals(unit, next, pending));
            } else {
                accept(unit, next);
                plans.add(plan);
            }
            index = index(to);
        }

        /** What of a pending change becomes active at once. */
        private UnitPlan withWithdrawals(Unit unit, ActiveConfiguration next, UnitPlan.Pending pending)
                throws UnitProblem {
            ActiveConfiguration part = unit.atOnce(to, next);
            if (part.equals(to)) {
                return pending;
            }
            String withdrawals = unit.describe(to, part);
            String rest = unit.describe(part, next);
            accept(unit, part);
            return new UnitPlan.Pending(unit.name(), withdrawals, rest, pending.reasons());
        }

        private boolean isBeingWritten(Unit unit, UnitReading<?> reading) {
            if (changes.undisturbed(unit.files(), reading)) {
                return false;
            }
            plans.add(new UnitPlan.BeingWritten(unit.name()));
            return true;
        }

        private void addBatch() {
            if (batch.isEmpty()) {
                return;
            }
            Map<Unit, BatchedChange> read = new LinkedHashMap<>(batch);
            batch.clear();
            LoadedPolicies.Builder next = new LoadedPolicies.Builder(to.limits());
            read.values().forEach(each -> next.put(each.change()));
            try {
                accept(read.keySet().iterator().next(), to.with(next.build()));
                read.values().forEach(each -> plans.add(each.plan()));
            } catch (UnitProblem e) {
                read.keySet().forEach(unit -> problems.put(unit, e));
            }
        }

        private void accept(Unit unit, ActiveConfiguration next) throws UnitProblem {
            try {
                swap = target.prepare(from, next);
                to = next;
                changed = true;
            } catch (RuntimeException e) {
                throw UnitReading.bug(unit, e);
            }
        }
    }
}
