package io.ringgate.reload;

import io.ringgate.watch.FileChanges;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads units and brings into force what they change. One thread at a time.
 *
 * <p>A unit that cannot be read keeps what is in force. When others went in after it, it is tried once more: an edge and its
 * ring may come, or go, with the same change of files.
 */
public final class ReloadRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadRunner.class);

    private final Function<ActiveConfiguration, List<Unit>> units;
    private final Reloader.Swap swap;
    private final ReloadEvents journal;
    private final FileChanges changes;
    private final Set<String> disturbed = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private ActiveConfiguration now;
    private UnitIndex roster;

    ReloadRunner(
            ActiveConfiguration first,
            Function<ActiveConfiguration, List<Unit>> units,
            Reloader.Swap swap,
            ReloadEvents journal,
            FileChanges changes) {
        this.units = units;
        this.swap = swap;
        this.journal = journal;
        this.changes = changes;
        this.now = first;
        this.roster = UnitIndex.of(units.apply(first));
        journal.knows(roster.units());
    }

    /** The units there are now. */
    UnitIndex roster() {
        return roster;
    }

    /** The names of those that somebody was writing when they were to be read. */
    Set<String> disturbed() {
        return disturbed;
    }

    /** The names of those whose files are not what is in force. */
    Set<String> refused() {
        return refused;
    }

    /**
     * Reads the units that are wanted, and those that come with a change of them.
     *
     * @param forced which changes are made that wait otherwise
     * @param asked by the operator, who is told again what he was told before
     */
    ReloadReport read(Predicate<Unit> wanted, Set<Force> forced, boolean asked) {
        UnitIndex before = roster;
        Round round = new Round(forced, asked);
        before.units().stream().filter(wanted).forEach(round::read);
        round.bring();
        roster.units().stream().filter(unit -> !before.has(unit)).toList().forEach(round::read);
        round.bring();
        round.again();
        return new ReloadReport(round.results);
    }

    /** What reading everything would do now. Nothing is brought into force, and nobody else is told. */
    ReloadReport rehearse(Set<Force> forced) {
        return new ReloadRunner(now, units, swap.rehearsal(), new ReloadRehearsal(), new FileChanges())
                .read(unit -> true, forced, true);
    }

    /** Finds out which units there are under what is in force. */
    private void call() {
        roster = UnitIndex.of(units.apply(now));
        journal.knows(roster.units());
        refused.retainAll(roster.names());
        disturbed.retainAll(roster.names());
    }

    static UnitProblem fault(Unit unit, Throwable fault) {
        LOG.error("reading {} failed", unit.name(), fault);
        return new UnitProblem("a fault of the gateway itself, its log says which");
    }

    /** What one of many says, with the hash of its file. */
    private record Noted(LoadedPolicies.Change news, String what, long hash) {}

    /** One go through some units. */
    private final class Round {

        private final Set<Force> forced;
        private final boolean asked;
        private final List<ReloadReport.Result> results = new ArrayList<>();
        private final Map<Unit, UnitProblem> problems = new LinkedHashMap<>();
        private boolean applied;

        /** What one of many says that is still to be brought into force. */
        private final Map<Unit, Noted> noted = new LinkedHashMap<>();

        Round(Set<Force> forced, boolean asked) {
            this.forced = forced;
            this.asked = asked;
        }

        void read(Unit unit) {
            if (!(unit instanceof BatchedUnit)) {
                bring();
            }
            // A unit before it may have taken this one's file out of use.
            if (!roster.has(unit)) {
                return;
            }
            try {
                if (unit instanceof BatchedUnit small) {
                    note(small);
                } else {
                    take(unit);
                }
            } catch (UnitProblem e) {
                problems.put(unit, e);
            }
        }

        private void note(BatchedUnit unit) throws UnitProblem {
            Attempt<Optional<LoadedPolicies.Change>> attempt =
                    new Attempt<>(unit, () -> Optional.ofNullable(unit.change(now)));
            if (isLeftAlone(unit, attempt)) {
                Optional<LoadedPolicies.Change> news = attempt.result();
                if (news.isPresent()) {
                    note(unit, new Noted(news.get(), unit.describe(now, news.get()), attempt.hash()));
                } else {
                    took(unit, false, "", attempt.hash());
                }
            }
        }

        private void note(BatchedUnit unit, Noted read) {
            String why = PendingReason.unforced(unit.waits(now, read.news()), forced);
            if (why.isEmpty()) {
                noted.put(unit, read);
            } else {
                waits(unit, why);
            }
        }

        private void waits(Unit unit, String why) {
            refused.remove(unit.name());
            results.add(journal.waits(unit.name(), why, asked));
        }

        private void take(Unit unit) throws UnitProblem {
            Attempt<ActiveConfiguration> attempt = new Attempt<>(unit, () -> unit.read(now));
            if (!isLeftAlone(unit, attempt)) {
                return;
            }
            ActiveConfiguration next = attempt.result();
            boolean changed = !next.equals(now);
            String why = changed ? PendingReason.unforced(unit.waits(now, next), forced) : "";
            if (!why.isEmpty()) {
                applyAtOnce(unit, next);
                waits(unit, why);
                return;
            }
            String what = changed ? unit.describe(now, next) : "";
            if (changed) {
                apply(unit, next);
            }
            took(unit, changed, what, attempt.hash());
            if (changed) {
                call();
            }
        }

        /** What of a waiting change is made all the same. */
        private void applyAtOnce(Unit unit, ActiveConfiguration next) throws UnitProblem {
            ActiveConfiguration part = unit.atOnce(now, next);
            if (!part.equals(now)) {
                String what = unit.describe(now, part);
                apply(unit, part);
                results.add(journal.tookPart(unit.name(), what));
                call();
            }
        }

        /** False when somebody writes it just now: then it is left for the next look. */
        private boolean isLeftAlone(Unit unit, Attempt<?> attempt) {
            if (changes.undisturbed(unit.files(), attempt)) {
                disturbed.remove(unit.name());
                return true;
            }
            disturbed.add(unit.name());
            results.add(new ReloadReport.Result(
                    unit.name(),
                    ReloadReport.Ending.WAITS,
                    List.of("its files are being written just now, they are read again in a second")));
            return false;
        }

        /** Brings into force what was noted. */
        void bring() {
            if (noted.isEmpty()) {
                return;
            }
            LoadedPolicies.Builder draft = new LoadedPolicies.Builder(now.limits());
            noted.values().forEach(read -> draft.put(read.news()));
            Map<Unit, Noted> read = new LinkedHashMap<>(noted);
            List<Unit> inOrder = List.copyOf(read.keySet());
            noted.clear();
            try {
                apply(inOrder.getFirst(), now.with(draft.build()));
                read.forEach((unit, said) -> took(unit, true, said.what(), said.hash()));
            } catch (UnitProblem e) {
                inOrder.forEach(unit -> problems.put(unit, e));
            }
        }

        private void apply(Unit unit, ActiveConfiguration next) throws UnitProblem {
            try {
                swap.use(now, next);
                now = next;
                applied = true;
            } catch (RuntimeException e) {
                throw fault(unit, e);
            }
        }

        private void took(Unit unit, boolean news, String what, long hash) {
            refused.remove(unit.name());
            ReloadReport.Result result = journal.took(unit.name(), news, what);
            journal.hash(unit.name(), hash);
            if (result != null) {
                results.add(result);
            }
        }

        /** What was not read is read once more where that may help, and what still cannot be is refused. */
        void again() {
            if (applied) {
                List<Unit> failed = List.copyOf(problems.keySet());
                problems.clear();
                failed.forEach(this::read);
                bring();
            }
            problems.forEach((unit, problem) -> {
                if (roster.has(unit)) {
                    refused.add(unit.name());
                    results.add(journal.refused(unit.name(), problem.sentences(), asked));
                }
            });
        }
    }

    /** One reading of a unit, which keeps what came of it. */
    private static final class Attempt<T> implements Runnable {

        private interface Read<T> {
            T read() throws UnitProblem;
        }

        private final Unit unit;
        private final Read<T> read;
        private @Nullable Read<T> came;
        private long hash;

        Attempt(Unit unit, Read<T> read) {
            this.unit = unit;
            this.read = read;
        }

        @Override
        public void run() {
            try {
                T value = read.read();
                hash = unit.hash();
                came = () -> value;
            } catch (UnitProblem e) {
                came = failed(e);
            } catch (RuntimeException | Error e) {
                came = failed(fault(unit, e));
            }
        }

        private Read<T> failed(UnitProblem problem) {
            return () -> {
                throw problem;
            };
        }

        /** Of the files that the result was read from. */
        long hash() {
            return hash;
        }

        T result() throws UnitProblem {
            return Objects.requireNonNull(came).read();
        }
    }
}
