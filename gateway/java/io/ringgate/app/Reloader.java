package io.ringgate.app;

import io.ringgate.watch.FileChanges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what changed and brings it into force, unit by unit, on one thread of its own: detect, plan, apply.
 *
 * <p>A unit that cannot be read keeps what is in force. When others went in after it, it is tried once more: an edge and its
 * ring may come, or go, with the same change of files.
 */
final class Reloader implements AutoCloseable {

    /** Brings the next value into force as a whole, and returns when it is; or throws before anything was touched. */
    interface Swap {
        void use(InForce now, InForce next) throws UnitProblem;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Function<InForce, List<Unit>> units;
    private final Swap swap;
    private final ReloadJournal journal;
    private final FileChanges changes = new FileChanges();
    private final Set<String> disturbed = new HashSet<>();
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
            // In this order: what changes after the look is noticed by the next one, what changed before it is read
            // now.
            changes.look(files());
            read(unit -> true);
        });
        thread.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads everything anew, as the operator asks. */
    CompletableFuture<Reloaded> everything() {
        try {
            return CompletableFuture.supplyAsync(() -> read(unit -> true), thread);
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(stopped);
        }
    }

    private void look() {
        try {
            Set<Path> changed = changes.look(files());
            if (!changed.isEmpty() || !disturbed.isEmpty()) {
                Set<String> again = Set.copyOf(disturbed);
                read(unit ->
                        again.contains(unit.name()) || unit.files().stream().anyMatch(changed::contains));
            }
        } catch (RuntimeException e) {
            LOG.error("the configuration files cannot be watched now", e);
        }
    }

    private Set<Path> files() {
        Set<Path> files = new HashSet<>();
        units.apply(now).forEach(unit -> files.addAll(unit.files()));
        return files;
    }

    private Reloaded read(Predicate<Unit> wanted) {
        List<Reloaded.Result> results = new ArrayList<>();
        Map<String, UnitProblem> refused = new HashMap<>();
        boolean applied = false;
        for (Unit unit : units.apply(now)) {
            try {
                applied |= wanted.test(unit) && read(unit, results);
            } catch (UnitProblem e) {
                refused.put(unit.name(), e);
            }
        }
        for (Unit unit : units.apply(now)) {
            UnitProblem problem = refused.get(unit.name());
            if (problem != null) {
                again(unit, problem, applied, results);
            }
        }
        journal.knows(units.apply(now));
        return new Reloaded(results);
    }

    private void again(Unit unit, UnitProblem problem, boolean worthIt, List<Reloaded.Result> results) {
        try {
            if (!worthIt) {
                throw problem;
            }
            read(unit, results);
        } catch (UnitProblem stands) {
            results.add(journal.refused(unit.name(), stands.sentences()));
        }
    }

    /** True when a change is in force now. What somebody writes just now is left for the next look. */
    private boolean read(Unit unit, List<Reloaded.Result> results) throws UnitProblem {
        Attempt attempt = new Attempt(unit, now);
        if (!changes.undisturbed(unit.files(), attempt)) {
            disturbed.add(unit.name());
            return false;
        }
        disturbed.remove(unit.name());
        InForce next = attempt.result();
        boolean changed = !next.equals(now);
        if (changed) {
            apply(unit, next);
        }
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
            LOG.error("taking {} failed", unit.name(), e);
            throw new UnitProblem("a fault of the gateway itself, its log says which");
        }
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
