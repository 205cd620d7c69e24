package io.ringgate.cli.demo;

import io.ringgate.cli.SampleWrites;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The senders: edge clusters that write, one with a wrong password, one that sends malformed writes. Each has a thread
 * of its own until {@link #leave}.
 */
final class DemoSenders {

    private static final int LABELS = 12;
    private static final int FEWEST_SERIES = 500;
    private static final int MOST_SERIES = 2_000;
    private static final int NOT_NOW = 503;

    private final SenderResults experience;
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    DemoSenders(SenderResults experience) {
        this.experience = experience;
    }

    /** What one of them does, once. */
    private interface Act {
        void play() throws IOException, InterruptedException;
    }

    /** Writes about twice a second; what the gateway cannot take now is sent again, as an agent does. */
    void edgeCluster(String name, DemoAgent sender) {
        RandomGenerator random = new SplittableRandom(name.hashCode());
        enter(name, Duration.ofMillis(400), () -> {
            int series = random.nextInt(FEWEST_SERIES, MOST_SERIES + 1);
            SampleWrites.Body body = SampleWrites.body(series, LABELS, System.currentTimeMillis(), random);
            long begin = System.nanoTime();
            DemoAgent.Answer answer = sender.send(body.packed());
            while (answer.status() == NOT_NOW && !end.await(300, TimeUnit.MILLISECONDS)) {
                answer = sender.send(body.packed());
            }
            if (answer.status() == 204) {
                experience.stored(series, System.nanoTime() - begin);
            } else if (answer.status() != NOT_NOW) {
                surprise(name, "a good write", answer);
            }
        });
    }

    void wrongPassword(String name, DemoAgent sender) {
        SplittableRandom random = new SplittableRandom(1);
        enter(name, Duration.ofMillis(900), () -> {
            DemoAgent.Answer answer = sender.send(SampleWrites.body(10, LABELS, System.currentTimeMillis(), random)
                    .packed());
            if (answer.status() != 401 && answer.status() != NOT_NOW) {
                surprise(name, "a write with a wrong password", answer);
            }
        });
    }

    void rubbish(String name, DemoAgent sender) {
        SplittableRandom random = new SplittableRandom(2);
        List<MalformedWrite> kinds = new ArrayList<>();
        enter(name, Duration.ofMillis(600), () -> {
            if (kinds.isEmpty()) {
                kinds.addAll(MalformedWrite.ofEachKind(System.currentTimeMillis(), random));
            }
            MalformedWrite next = kinds.removeFirst();
            DemoAgent.Answer answer = sender.send(next.body());
            if (answer.status() == next.expected()) {
                experience.storedInPart(next.stored());
            } else if (answer.status() != NOT_NOW) {
                surprise(name, next.what(), answer);
            }
        });
    }

    private void surprise(String name, String what, DemoAgent.Answer answer) {
        experience.surprise(name + " sent " + what + " and got " + answer.status() + " " + answer.sentence());
    }

    private void enter(String name, Duration pause, Act act) {
        Thread thread = Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                do {
                    act.play();
                } while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS));
            } catch (IOException e) {
                experience.surprise(name + " got no answer: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        threads.add(thread);
    }

    /** Ends them all; returns when each has its last answer. */
    void leave() throws InterruptedException {
        end.countDown();
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(35));
        }
    }
}
