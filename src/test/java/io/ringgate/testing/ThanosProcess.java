package io.ringgate.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real Thanos, receiver or Query, on a loopback address of its own and with the field's ports there. What it says goes
 * to {@code NAME.log}. It is ended by its own handle only.
 */
public final class ThanosProcess implements AutoCloseable {

    static final int GRPC_PORT = 10901;
    static final int HTTP_PORT = 10902;
    static final int WRITE_PORT = 19291;

    private final Path folder;
    private final String name;
    private final List<String> command;
    private final PrometheusApi api;
    private @Nullable Process process;

    ThanosProcess(Path folder, String name, String address, List<String> command) {
        this.folder = folder;
        this.name = name;
        this.command = command;
        this.api = new PrometheusApi(URI.create("http://" + address + ":" + HTTP_PORT));
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    void start() throws IOException {
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()))
                .start();
    }

    void awaitReady() {
        Process started = running();
        Eventually.becomes(name + " is ready", () -> {
            if (!started.isAlive()) {
                throw new AssertionError(
                        name + " ended with " + started.exitValue() + ", its log is " + folder.resolve(name + ".log"));
            }
            return api.isReady();
        });
    }

    /** Of a Query only its answers say what is stored; both kinds tell their metrics. */
    public PrometheusApi api() {
        return api;
    }

    /** Ends it without a chance to put anything in order (SIGKILL). */
    public void kill() {
        Process ended = process;
        if (ended == null) {
            return;
        }
        ended.destroyForcibly();
        try {
            if (!ended.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + ended.pid() + " survives its kill");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again after {@link #kill} on its own data and address. */
    public void restart() throws IOException {
        start();
        awaitReady();
    }

    /** It keeps its connections, the kernel goes on taking bytes for it, and it does nothing (SIGSTOP). */
    public void freeze() throws IOException {
        signal("STOP");
    }

    public void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException {
        Process sent =
                new ProcessBuilder("kill", "-" + signal, Long.toString(running().pid())).start();
        Await.until("signal " + signal + " is sent to " + name, () -> !sent.isAlive());
        if (sent.exitValue() != 0) {
            throw new IOException(name + " does not get signal " + signal);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    @Override
    public void close() {
        kill();
    }
}
