package io.ringgate.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real Thanos, receiver or Query, on a loopback address of its own and with the field's ports there. Its output goes
 * to {@code NAME.log}. It is ended by its own handle only.
 */
public final class ThanosProcess implements AutoCloseable {

    private static final int GRPC_PORT = 10901;
    private static final int HTTP_PORT = 10902;
    private static final int WRITE_PORT = 19291;
    private static final int CAPNPROTO_PORT = 19391;

    private final Path folder;
    private final String name;
    private final List<String> command;
    private final PrometheusApi api;
    private @Nullable Process process;

    private ThanosProcess(Path folder, String name, String address, List<String> command) {
        this.folder = folder;
        this.name = name;
        this.command = command;
        this.api = new PrometheusApi(URI.create("http://" + address + ":" + HTTP_PORT));
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /**
     * A receiver, whose {@code receive_replica} is its name; the flags say what it does with a write. It keeps data for
     * ever: every four hours there is a minute in which 0.42.4 with a retention looks for tenants to drop, and a receiver
     * that starts in that minute dies of a nil pointer.
     */
    public static ThanosProcess receive(
            ThanosProgram version, Path folder, String name, String address, List<String> flags) {
        List<String> command = new ArrayList<>(List.of(
                version.path(),
                "receive",
                "--http-address=" + address + ":" + HTTP_PORT,
                "--grpc-address=" + grpc(address),
                "--remote-write.address=" + write(address),
                "--receive.capnproto-address=" + address + ":" + CAPNPROTO_PORT,
                "--tsdb.path=" + folder.resolve(name + "-data"),
                "--tsdb.retention=0d",
                "--label=receive_replica=\"" + name + "\""));
        command.addAll(flags);
        return new ThanosProcess(folder, name, address, command);
    }

    /** A Query for what these receivers, and stores, hold. */
    public static ThanosProcess query(ThanosProgram version, Path folder, String address, List<String> receivers) {
        List<String> command = new ArrayList<>(List.of(
                version.path(),
                "query",
                "--http-address=" + address + ":" + HTTP_PORT,
                "--grpc-address=" + grpc(address),
                "--query.replica-label=receive_replica",
                "--query.replica-label=prometheus_replica"));
        receivers.forEach(receiver -> command.add("--endpoint=" + grpc(receiver)));
        return new ThanosProcess(folder, "thanos-query", address, command);
    }

    /** What is in the bucket when it starts. */
    public static ThanosProcess store(ThanosProgram version, Path folder, String address, Path objstore) {
        List<String> command = List.of(
                version.path(),
                "store",
                "--http-address=" + address + ":" + HTTP_PORT,
                "--grpc-address=" + grpc(address),
                "--data-dir=" + folder.resolve("thanos-store-data"),
                "--objstore.config-file=" + objstore);
        return new ThanosProcess(folder, "thanos-store", address, command);
    }

    /** Addresses for that many of them. */
    public static List<String> addresses(int count) {
        return LoopbackNet.draw(count, GRPC_PORT, HTTP_PORT, WRITE_PORT, CAPNPROTO_PORT);
    }

    /** How hashring files name the receiver at this address. */
    public static String grpc(String address) {
        return address + ":" + GRPC_PORT;
    }

    /** Where the receiver at this address takes writes over HTTP. */
    public static String write(String address) {
        return address + ":" + WRITE_PORT;
    }

    public void start() throws IOException {
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()))
                .start();
    }

    public void awaitReady() {
        Process started = running();
        Eventually.becomes(name + " is ready", () -> {
            if (!started.isAlive()) {
                throw new AssertionError(
                        name + " ended with " + started.exitValue() + ", its log is " + folder.resolve(name + ".log"));
            }
            return api.isReady();
        });
    }

    /**
     * Of a Query: every replica of every series, with its {@code receive_replica}. Fails while a receiver does not
     * answer.
     */
    public PrometheusApi replicas() {
        return api.with("&partial_response=false&dedup=false");
    }

    /** The metrics page of either kind. What a Query stores is seen by its answers only. */
    public PrometheusApi api() {
        return api;
    }

    /** Kills it without a shutdown (SIGKILL). */
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

    /** Stops it (SIGSTOP): it keeps its connections, and the kernel still accepts bytes for it. */
    public void freeze() throws IOException {
        ProcessSignals.send(running(), "STOP");
    }

    public void thaw() throws IOException {
        ProcessSignals.send(running(), "CONT");
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
