package io.ringgate.cli;

import io.ringgate.app.Gateway;
import io.ringgate.app.MemoryPlan;
import io.ringgate.app.Platform;
import io.ringgate.app.StartProblem;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Strictness;
import io.ringgate.log.LogFormat;
import io.ringgate.log.LogLevel;
import io.ringgate.log.LogSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ringgate run}: the gateway itself, until a signal ends it. */
@Command(name = "run", description = "Runs the gateway until SIGTERM or Ctrl-C. SIGHUP reloads the configuration.")
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
public final class RunCommand implements Subcommand, Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--portable",
            description = "Use the JDK's sockets and TLS instead of the native ones. Slower, for comparison.")
    private boolean portable;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "${sys:ringgate.log.format:-text}",
            description = "Format of the log on standard error: text or json (${DEFAULT-VALUE}).")
    private LogFormat logFormat;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "${sys:ringgate.log.level:-info}",
            description = "Least severe events to log: debug, info, warn or error (${DEFAULT-VALUE}).")
    private LogLevel logLevel;

    @Override
    public Integer call() throws InterruptedException {
        LogSettings.format(logFormat);
        LogSettings.level(logLevel);
        PrintWriter err = spec.commandLine().getErr();
        CompletableFuture<Platform> platform = CompletableFuture.supplyAsync(this::platform);
        LoadResult loaded = config.load(Strictness.STRICT);
        if (!loaded.problems().list().isEmpty()) {
            err.println(loaded.problems());
        }
        GatewayConfig found = loaded.config();
        if (found == null) {
            throw CommandFailure.wrong("the configuration is refused, see above.");
        }
        try {
            serve(Gateway.start(
                    found,
                    config.loader(Strictness.STRICT),
                    platform.join(),
                    MemoryPlan.of(found.settings().memoryBudget(), AvailableMemory.bytes(), AvailableMemory.heap())));
            return 0;
        } catch (StartProblem e) {
            throw CommandFailure.failed(e.sentence() + ".");
        }
    }

    /** Native libraries take as long to load as everything else that a start does, so it is begun beside the reading. */
    private Platform platform() {
        return portable ? Platform.portable() : Platform.best();
    }

    /**
     * Returns when the gateway has stopped. SIGTERM lets it serve on for a while, SIGINT does not; the second signal of any
     * kind cuts that short, and the third ends the process.
     */
    private static void serve(Gateway gateway) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicInteger signals = new AtomicInteger();
        Signals.on("TERM", () -> stop(signals.incrementAndGet(), gateway::leave, gateway, stopped));
        Signals.on("INT", () -> stop(signals.incrementAndGet(), gateway::close, gateway, stopped));
        Signals.on(
                "HUP",
                () -> gateway.reload().whenComplete((done, fault) -> {
                    if (fault == null) {
                        LOG.atInfo()
                                .addKeyValue("result", done.result())
                                .addKeyValue(
                                        "reason",
                                        String.join("; ", done.text().lines().toList()))
                                .log("reload by SIGHUP");
                    } else {
                        LOG.atError().setCause(fault).log("reload by SIGHUP failed");
                    }
                }));
        stopped.await();
    }

    private static void stop(int signals, Runnable first, Gateway gateway, CountDownLatch stopped) {
        if (signals > 2) {
            Runtime.getRuntime().halt(CommandFailure.FAILED);
        }
        Runnable way = signals == 1 ? first : gateway::close;
        Thread.ofPlatform().name("stop").start(() -> {
            try {
                way.run();
            } finally {
                stopped.countDown();
            }
        });
    }
}
