package io.ringgate.reload;

import io.ringgate.watch.FileChanges;
import java.nio.file.Path;
import java.time.Duration;
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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what changed and brings it into force, unit by unit, on one thread of its own: detect, plan, apply. What is
 * refused is tried again every ten looks, since what it waits for may come in another file.
 */
public final class Reloader implements AutoCloseable {

    /** Brings the next value into force as a whole, and returns when it is; or throws before anything was touched. */
    public interface Swap {
        void use(ActiveConfiguration now, ActiveConfiguration next) throws UnitProblem;

        /** Throws what it would throw, and touches nothing. */
        public default Swap rehearsal() {
            return (now, next) -> {};
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final Duration SETTLING_LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(1);
    private static final int LOOKS_BETWEEN_TRIALS = 10;

    private final FileChanges changes = new FileChanges();
    private final ReloadRunner intake;
    private int looks;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("reload").factory());

    public Reloader(
            ActiveConfiguration first,
            Function<ActiveConfiguration, List<Unit>> units,
            Swap swap,
            ReloadJournal journal) {
        this.intake = new ReloadRunner(first, units, swap, journal, changes);
    }

    /** From now on changes of files are noticed; what changed since they were read for the start is, at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // a look catches its own failures
    public void start() {
        thread.execute(() -> {
            // In this order: what changes after the look is seen by the next one, what changed before it is read now.
            changed();
            intake.read(unit -> true, Set.of(), false);
        });
        thread.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Reads everything anew, as the operator asks.
     *
     * @param forced which changes are made that wait otherwise
     */
    public CompletableFuture<ReloadReport> everything(Set<Force> forced) {
        return soon(() -> settledRead(forced));
    }

    /** What that would do. */
    public CompletableFuture<ReloadReport> rehearsal(Set<Force> forced) {
        return soon(() -> {
            settled();
            return intake.rehearse(forced);
        });
    }

    private CompletableFuture<ReloadReport> soon(Supplier<ReloadReport> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread);
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(stopped);
        }
    }

    /** A file that somebody is writing gets a moment to hold still. */
    private void settled() {
        try {
            settle(intake.roster().files());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private ReloadReport settledRead(Set<Force> forced) {
        settled();
        return intake.read(unit -> true, forced, true);
    }

    /** Returns at once when no file changed. */
    private void settle(Set<Path> files) throws InterruptedException {
        long begin = System.nanoTime();
        long still = begin;
        long now = begin;
        Map<Path, Object> last = changes.untold(files);
        while (!last.isEmpty() && now - still < QUIET.toNanos() && now - begin < LONGEST_SETTLING.toNanos()) {
            Thread.sleep(SETTLING_LOOK);
            now = System.nanoTime();
            Map<Path, Object> next = changes.untold(files);
            if (!next.equals(last)) {
                last = next;
                still = now;
            }
        }
    }

    private void look() {
        try {
            Set<Path> changed = changed();
            Set<String> again = again();
            if (!changed.isEmpty() || !again.isEmpty()) {
                intake.read(
                        unit -> again.contains(unit.name())
                                || unit.files().stream().anyMatch(changed::contains),
                        Set.of(),
                        false);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the configuration files cannot be watched now", e);
        }
    }

    private Set<Path> changed() {
        UnitIndex roster = intake.roster();
        return changes.look(roster.files(), roster.many());
    }

    /**
     * Units that are read without a change of their own: those that somebody was writing, and now and then those that are
     * refused, since what they wait for may have come in another file.
     */
    private Set<String> again() {
        Set<String> again = new HashSet<>(intake.disturbed());
        looks++;
        if (looks % LOOKS_BETWEEN_TRIALS == 0) {
            again.addAll(intake.refused());
        }
        return again;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
