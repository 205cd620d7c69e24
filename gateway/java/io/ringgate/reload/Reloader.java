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
 * Reloads the configuration, on one thread of its own: detect which files changed, plan, apply. What is refused is
 * planned again every ten scans, since what it needs may come in another file.
 */
public final class Reloader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
    private static final Duration SCAN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final Duration SETTLING_LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(1);
    private static final int LOOKS_BETWEEN_TRIALS = 10;

    private final FileChanges changes = new FileChanges();
    private final ReloadRunner runner;
    private int looks;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("reload").factory());

    public Reloader(
            ActiveConfiguration first,
            Function<ActiveConfiguration, List<Unit>> units,
            ReloadTarget target,
            ReloadJournal journal) {
        this.runner = new ReloadRunner(first, units, target, journal, changes);
    }

    /** Begins to watch the files. A change since they were read for the start is detected at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // a scan catches its own failures
    public void start() {
        thread.execute(() -> {
            // In this order: what changes after the look is seen by the next one, what changed before it is read now.
            changed();
            runner.reload(unit -> true, Set.of(), false);
        });
        thread.scheduleWithFixedDelay(
                this::scan, SCAN_INTERVAL.toMillis(), SCAN_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Reloads everything, as the operator asks.
     *
     * @param forced which changes do not wait
     */
    public CompletableFuture<ReloadReport> reload(Set<Force> forced) {
        return soon(() -> settledRead(forced));
    }

    /** The plan of that. */
    public CompletableFuture<ReloadPlan> dryRun(Set<Force> forced) {
        return soon(() -> {
            settled();
            return runner.dryRun(forced);
        });
    }

    private <T> CompletableFuture<T> soon(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread);
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(stopped);
        }
    }

    /** A file that is being written gets a moment to settle. */
    private void settled() {
        try {
            settle(runner.index().files());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private ReloadReport settledRead(Set<Force> forced) {
        settled();
        return runner.reload(unit -> true, forced, true);
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

    private void scan() {
        try {
            Set<Path> changed = changed();
            Set<String> again = again();
            if (!changed.isEmpty() || !again.isEmpty()) {
                runner.reload(
                        unit -> again.contains(unit.name())
                                || unit.files().stream().anyMatch(changed::contains),
                        Set.of(),
                        false);
            }
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("looking for changed configuration files failed by a bug");
        }
    }

    private Set<Path> changed() {
        UnitIndex index = runner.index();
        return changes.scan(index.files(), index.batched());
    }

    /**
     * Units that are read although their own files did not change: those that were being written, and now and then
     * those that are refused, since what they need may have come in another file.
     */
    private Set<String> again() {
        Set<String> again = new HashSet<>(runner.beingWritten());
        looks++;
        if (looks % LOOKS_BETWEEN_TRIALS == 0) {
            again.addAll(runner.refused());
        }
        return again;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
