package io.ringgate.cli.bench;

import io.ringgate.cli.CommandFailure;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringgate bench sink}: takes writes until told to end, and tells how many there were. */
@Command(name = "sink", description = "Answers writes at once and drops them. Ends after --for or on Ctrl-C.")
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
final class SinkCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            description = "The listen address (127.0.0.1:0, a free port).")
    private String address;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            defaultValue = "204",
            description = "The status of the answers (${DEFAULT-VALUE}).")
    private int status;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            defaultValue = "0ms",
            description = "How long to wait before each answer (${DEFAULT-VALUE}).")
    private Duration delay;

    @Option(names = "--loops", paramLabel = "N", description = "How many event loops (half the cores).")
    private int loops = Loops.fitting();

    @Option(names = "--for", paramLabel = "DURATION", description = "How long to run. Default: until a signal.")
    private @Nullable Duration time;

    @Override
    public Integer call() throws Exception {
        if (loops < 1 || status < 200 || status > 599) {
            throw CommandFailure.wrong("--loops must be at least 1, --status 200 to 599.");
        }
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> end(asked, told), "end");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try (Sink sink = open()) {
            PrintWriter out = spec.commandLine().getOut();
            InetSocketAddress at = sink.address();
            out.println("Sink on http://" + at.getAddress().getHostAddress() + ":" + at.getPort());
            out.flush();
            if (time == null) {
                asked.await();
            } else {
                var _ = asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
            }
            out.println(String.format(Locale.ROOT, "%d requests, %d body bytes", sink.requests(), sink.bytes()));
            out.flush();
        } finally {
            told.countDown();
        }
        return 0;
    }

    /** Runs on a signal: the JVM ends when it returns, so it waits for the totals to be printed. */
    private static void end(CountDownLatch asked, CountDownLatch told) {
        asked.countDown();
        try {
            var _ = told.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private Sink open() {
        int colon = address.lastIndexOf(':');
        try {
            InetSocketAddress at = new InetSocketAddress(
                    address.substring(0, Math.max(colon, 0)), Integer.parseInt(address.substring(colon + 1)));
            if (at.isUnresolved()) {
                throw CommandFailure.wrong("The host of --address " + address + " is unknown.");
            }
            return new Sink(at, loops, status, delay);
        } catch (IllegalArgumentException bad) {
            throw CommandFailure.wrong("--address must look like 127.0.0.1:9000, not '" + address + "'.");
        } catch (CommandFailure known) {
            throw known;
        } catch (Exception notBound) {
            throw CommandFailure.failed("Cannot listen on " + address + ": " + notBound.getMessage() + ".");
        }
    }
}
