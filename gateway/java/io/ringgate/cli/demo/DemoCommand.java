package io.ringgate.cli.demo;

import io.ringgate.app.StartProblem;
import io.ringgate.cli.CommandFailure;
import io.ringgate.cli.Subcommand;
import io.ringgate.log.LogLevel;
import io.ringgate.log.LogSettings;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringgate demo}: a gateway at work, from nothing. */
@Command(
        name = "demo",
        description = "Runs a gateway with fake receivers and senders: edge clusters that write, and others that"
                + " misbehave.")
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
public final class DemoCommand implements Subcommand, Callable<Integer> {

    private static final String LOG_LEVEL = "ringgate.log.level";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "How long to run, for example 10s. Default: until Ctrl-C.")
    private @Nullable Duration time;

    @Option(names = "--plain", description = "Print lines instead of a table. Default where there is no terminal.")
    private boolean plain;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "19291",
            description = "The port of the gateway (${DEFAULT-VALUE}); 0 is any free port.")
    private int port;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireFreePort();
        if (System.getProperty(LOG_LEVEL) == null) {
            LogSettings.level(LogLevel.WARN);
        }
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(asked, done), "end"));
        try (Demo demo = Demo.open(port)) {
            return run(demo, asked);
        } catch (StartProblem e) {
            throw CommandFailure.failed(e.sentence());
        } finally {
            done.countDown();
        }
    }

    private int run(Demo demo, CountDownLatch asked) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Console console = plain ? null : System.console();
        Screen screen = new Screen(out, console != null && console.isTerminal());
        out.println(demo.introduction());
        out.flush();
        demo.play();
        long end = System.nanoTime() + (time == null ? Long.MAX_VALUE / 2 : time.toNanos());
        boolean told = false;
        while (!told && System.nanoTime() - end < 0) {
            long pause = Math.min(screen.pace().toNanos(), end - System.nanoTime());
            told = asked.await(pause, TimeUnit.NANOSECONDS);
            screen.show(demo.figures());
        }
        DemoResult verdict = demo.end();
        out.println();
        verdict.summary().forEach(out::println);
        out.flush();
        return verdict.faults().isEmpty() ? 0 : 1;
    }

    private void requireFreePort() {
        if (port < 0 || port > 65_535) {
            throw CommandFailure.wrong("--port must be a port, 0 to 65535, not " + port + ".");
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        } catch (IOException e) {
            throw CommandFailure.failed("the demo cannot listen on 127.0.0.1:" + port + " (" + e.getMessage()
                    + "): name another port with --port; --port 0 is any free one.");
        }
    }

    /** Runs on a signal: the JVM ends when it returns, so it waits for the summary and the clearing up. */
    private static void end(CountDownLatch asked, CountDownLatch done) {
        asked.countDown();
        try {
            var _ = done.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
