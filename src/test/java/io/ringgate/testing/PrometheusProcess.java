package io.ringgate.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real Prometheus on a loopback port of its own, with its files in one folder: {@code NAME.yml}, {@code NAME.log} and
 * its data. It is ended by its own handle only.
 */
public final class PrometheusProcess implements AutoCloseable {

    /** Features of 2.42 that must be asked for. */
    private static final String FEATURES = "native-histograms,exemplar-storage";

    private final Path folder;
    private final String name;
    private final int port = FreePort.next();
    private final PrometheusApi api = new PrometheusApi(URI.create("http://127.0.0.1:" + port));
    private final List<String> command = new ArrayList<>();
    private @Nullable Process process;

    PrometheusProcess(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** One that stores the writes to {@code /api/v1/write}. */
    PrometheusProcess startReceiver() throws IOException {
        return start(
                "global: {}\n",
                "--enable-feature=" + FEATURES,
                "--web.enable-remote-write-receiver",
                "--storage.tsdb.path=" + data());
    }

    /** One that stores nothing: it scrapes and writes to remotes, as configured. */
    PrometheusProcess startAgent(String yaml) throws IOException {
        return start(yaml, "--enable-feature=agent," + FEATURES, "--storage.agent.path=" + data());
    }

    /** One that scrapes, stores and answers. */
    PrometheusProcess startServer(String yaml) throws IOException {
        return start(yaml, "--storage.tsdb.path=" + data());
    }

    private PrometheusProcess start(String yaml, String... flags) throws IOException {
        Path config = folder.resolve(name + ".yml");
        Files.writeString(config, yaml);
        command.addAll(List.of(
                program(), "--config.file=" + config, "--web.listen-address=127.0.0.1:" + port, "--log.level=info"));
        command.addAll(List.of(flags));
        launch();
        return this;
    }

    private void launch() throws IOException {
        Process started = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process = started;
        Eventually.becomes(name + " is ready", () -> {
            if (!started.isAlive()) {
                throw new AssertionError(name + " ended with " + started.exitValue() + ", its log is " + log());
            }
            return api.isReady();
        });
    }

    private static String program() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path program = Path.of(folder, "prometheus");
            if (Files.isExecutable(program)) {
                return program.toString();
            }
        }
        throw new AssertionError(
                "The program prometheus is not on the PATH; run bin/test, which installs what the tests need.");
    }

    public PrometheusApi api() {
        return api;
    }

    public int port() {
        return port;
    }

    /** Reloads it with this configuration. */
    public void reconfigure(String yaml) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(name + ".yml"), yaml);
        Process running = Objects.requireNonNull(process);
        double before = reloads();
        ProcessSignals.send(running, "HUP");
        Eventually.becomes(name + " has its new configuration", () -> reloads() > before);
    }

    private double reloads() throws IOException, InterruptedException {
        ScrapedPage page = api.metrics();
        return page.sum("prometheus_config_last_reload_successful")
                * page.sum("prometheus_config_last_reload_success_timestamp_seconds");
    }

    /** Kills it without a shutdown (SIGKILL). */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            await(running);
        }
    }

    /** Starts it again after {@link #kill} on its own data and port. */
    public void restart() throws IOException {
        launch();
    }

    /** All that it has logged so far. */
    public String logged() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path log() {
        return folder.resolve(name + ".log");
    }

    Path data() {
        return folder.resolve(name + "-data");
    }

    @Override
    public void close() {
        kill();
    }

    private static void await(Process ended) {
        try {
            if (!ended.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + ended.pid() + " survives its kill");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
