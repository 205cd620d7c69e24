package io.ringgate.forward.discovery;

import io.ringgate.forward.ReceiverAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks many names up side by side, so that a slow one does not delay the others. The threads are real ones, so many at
 * most: a lookup blocks in the system, where a virtual thread would hold on to a processor's carrier. A name whose lookup
 * hangs is not asked for again until that one ends. Any thread.
 */
final class ParallelLookups implements AutoCloseable {

    private static final int MOST_AT_ONCE = 16;

    private final AddressBook book;
    private final Set<ReceiverAddress> underWay = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads;

    ParallelLookups(AddressBook book) {
        this.book = book;
        this.threads = new ThreadPoolExecutor(
                MOST_AT_ONCE,
                MOST_AT_ONCE,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("receiver-lookup-", 0).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        this.threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Waits until all are looked up, but no longer than this; late lookups continue in the background.
     *
     * @param each runs here after every name
     * @return false when the time was up, or a name's lookup of before still hangs
     */
    boolean lookUp(Collection<ReceiverAddress> names, Duration patience, Runnable each) throws InterruptedException {
        long giveUp = System.nanoTime() + patience.toNanos();
        BlockingQueue<ReceiverAddress> ended = new LinkedBlockingQueue<>();
        int begun = 0;
        for (ReceiverAddress name : names) {
            if (!threads.isShutdown() && underWay.add(name)) {
                begun++;
                threads.execute(() -> {
                    try {
                        book.lookUp(name);
                    } finally {
                        underWay.remove(name);
                        ended.add(name);
                    }
                });
            }
        }
        for (int i = 0; i < begun; i++) {
            if (ended.poll(giveUp - System.nanoTime(), TimeUnit.NANOSECONDS) == null) {
                return false;
            }
            each.run();
        }
        return begun == names.size();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
