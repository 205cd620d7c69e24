package io.ringgate.app;

import io.ringgate.watch.FileChanges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what changed and brings it into force, unit by unit, on one thread of its own: detect, plan, apply.
 *
 * <p>A unit that cannot be read keeps what is in force. When others went in after it, it is tried once more: an edge and its
 * ring may come, or go, with the same change of files. What is still refused is tried again
 * every ten looks, since what it waits for may come in another file.
 */
final class Reloader implements AutoCloseable {

    /** Brings the next value into force as a whole, and returns when it is; or throws before anything was touched. */
    interface Swap {
        void use(InForce now, InForce next) throws UnitProblem;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LOOKS_BETWEEN_TRIALS = 10;

    private final Function<InForce, List<Unit>> units;
    private final Swap swap;
    private final ReloadJournal journal;
    private final FileChanges changes = new FileChanges();
    private final Set<String> disturbed = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private int looks;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("reload").factory());
    private InForce now;

    Reloader(InForce first, Function<InForce, List<Unit>> units, Swap swap, ReloadJournal journal) {
        this.units = units;
        this.now = first;
        this.swap = swap;
        this.journal = journal;
        journal.knows(units.apply(first));
    }

    /** From now on changes of files are noticed; what changed since they were read for the start is, at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // a look catches its own failures
    void start() {
        thread.execute(() -> {
            // In this order: what changes after the look is seen by the next one, what changed before it is read now.
            changes.look(files());
            read(unit -> true, false);
        });
        thread.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Reads everything anew, as the operator asks.
     *
     * @param insists that changes are made which wait for his word
     */
    CompletableFuture<Reloaded> everything(boolean insists) {
        try {
            return CompletableFuture.supplyAsync(() -> read(unit -> true, insists), thread);
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(stopped);
        }
    }

    private void look() {
        try {
            Set<Path> changed = changes.look(files());
            Set<String> again = again();
            if (!changed.isEmpty() || !again.isEmpty()) {
                read(
                        unit -> again.contains(unit.name())
                                || unit.files().stream().anyMatch(changed::contains),
                        false);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the configuration files cannot be watched now", e);
        }
    }

    /**
     * Units that are read without a change of their own: those that somebody was writing, and now and then those that are
     * refused, since what they wait for may have come in another file.
     */
    private Set<String> again() {
        Set<String> again = new HashSet<>(disturbed);
        looks++;
        if (looks % LOOKS_BETWEEN_TRIALS == 0) {
            again.addAll(refused);
        }
        return again;
    }

    private Set<Path> files() {
        Set<Path> files = new HashSet<>();
        units.apply(now).forEach(unit -> files.addAll(unit.files()));
        return files;
    }

    private Reloaded read(Predicate<Unit> wanted, boolean insists) {
        List<Reloaded.Result> results = new ArrayList<>();
        Map<Unit, UnitProblem> problems = new LinkedHashMap<>();
        boolean applied = false;
        for (Unit unit : units.apply(now)) {
            // A unit before it may have taken this one's file out of use.
            if (wanted.test(unit) && units.apply(now).contains(unit)) {
                try {
                    applied |= read(unit, insists, results);
                } catch (UnitProblem e) {
                    problems.put(unit, e);
                }
            }
        }
        for (Map.Entry<Unit, UnitProblem> problem : problems.entrySet()) {
            if (units.apply(now).contains(problem.getKey())) {
                again(problem.getKey(), problem.getValue(), applied, insists, results);
            }
        }
        List<Unit> left = units.apply(now);
        journal.knows(left);
        Set<String> names = left.stream().map(Unit::name).collect(Collectors.toSet());
        refused.retainAll(names);
        disturbed.retainAll(names);
        return new Reloaded(results);
    }

    private void again(
            Unit unit, UnitProblem problem, boolean worthIt, boolean insists, List<Reloaded.Result> results) {
        try {
            if (!worthIt) {
                throw problem;
            }
            read(unit, insists, results);
        } catch (UnitProblem stands) {
            refused.add(unit.name());
            results.add(journal.refused(unit.name(), stands.sentences()));
        }
    }

    /** True when a change is in force now. What somebody writes just now is left for the next look. */
    private boolean read(Unit unit, boolean insists, List<Reloaded.Result> results) throws UnitProblem {
        Attempt attempt = new Attempt(unit, now);
        if (!changes.undisturbed(unit.files(), attempt)) {
            disturbed.add(unit.name());
            results.add(new Reloaded.Result(
                    unit.name(),
                    Reloaded.Ending.WAITS,
                    List.of("its files are being written just now, they are read again in a second")));
            return false;
        }
        disturbed.remove(unit.name());
        InForce next = attempt.result();
        boolean changed = !next.equals(now);
        String why = changed && !insists ? unit.waits(now, next) : null;
        if (why != null) {
            refused.remove(unit.name());
            results.add(journal.waits(unit.name(), why));
            return false;
        }
        if (changed) {
            apply(unit, next);
        }
        refused.remove(unit.name());
        Reloaded.Result news = journal.took(unit.name(), changed);
        if (news != null) {
            results.add(news);
        }
        return changed;
    }

    private void apply(Unit unit, InForce next) throws UnitProblem {
        try {
            swap.use(now, next);
            now = next;
        } catch (RuntimeException e) {
            throw fault(unit, e);
        }
    }

    private static UnitProblem fault(Unit unit, Throwable fault) {
        LOG.error("reading {} failed", unit.name(), fault);
        return new UnitProblem("a fault of the gateway itself, its log says which");
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** One reading of one unit, which keeps what came of it. */
    private static final class Attempt implements Runnable {

        private final Unit unit;
        private final InForce now;
        private InForce next;
        private @Nullable UnitProblem problem;

        Attempt(Unit unit, InForce now) {
            this.unit = unit;
            this.now = now;
            this.next = now;
        }

        @Override
        public void run() {
            try {
                next = unit.read(now);
            } catch (UnitProblem e) {
                problem = e;
            } catch (RuntimeException | Error e) {
                problem = fault(unit, e);
            }
        }

        InForce result() throws UnitProblem {
            if (problem != null) {
                throw problem;
            }
            return next;
        }
    }
}
