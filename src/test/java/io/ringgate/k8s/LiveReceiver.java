package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Eventually;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.ThanosProcess;
import io.ringgate.testing.ThanosProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Thanos Receive with the arguments and files of a pod. */
final class LiveReceiver implements AutoCloseable {

    private static final String RING_OF_ONE = "ring-of-one.json";

    private final Process process;
    private final Path log;
    private final String http;
    private final String write;

    private LiveReceiver(List<String> command, Path log, String http, String write) throws IOException {
        this.process = new ProcessBuilder(command)
                .directory(log.resolveSibling(".").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        this.log = log;
        this.http = http;
        this.write = write;
    }

    /** The pod of that number, on free ports of this machine, which finds none of the others. */
    static LiveReceiver start(Path scratch, String overlay, int number) throws IOException {
        return start(scratch, overlay, number, List.of());
    }

    /** The only one of a ring of one, so that it stores what it is sent. */
    static LiveReceiver alone(Path scratch, String overlay) throws IOException {
        String self = "127.0.0.1:" + FreePort.next();
        Path ring = Files.writeString(scratch.resolve(RING_OF_ONE), "[{\"endpoints\": [\"" + self + "\"]}]");
        return start(
                scratch,
                overlay,
                0,
                List.of(
                        "--grpc-address=" + self,
                        "--receive.local-endpoint=" + self,
                        "--receive.hashrings-file=" + ring,
                        "--receive.replication-factor=1"));
    }

    private static LiveReceiver start(Path scratch, String overlay, int number, List<String> others)
            throws IOException {
        Manifests built = Kustomize.overlay(overlay);
        Manifest receivers = built.one("StatefulSet", "thanos-receiver");
        PodFolder folder = PodFolder.lay(
                scratch,
                built,
                receivers,
                secret -> Map.of(
                        "objstore.yml", "type: FILESYSTEM\nconfig:\n  directory: " + scratch.resolve("bucket") + "\n"));
        String http = "127.0.0.1:" + FreePort.next();
        String write = "127.0.0.1:" + FreePort.next();
        List<String> command = new ArrayList<>(List.of(ThanosProgram.V0_37_2.path()));
        for (String arg : args(receivers, number, folder)) {
            if (others.stream().noneMatch(other -> sameFlag(other, arg))) {
                command.add(arg.replace("0.0.0.0:10901", "127.0.0.1:" + FreePort.next())
                        .replace("0.0.0.0:10902", http)
                        .replace("0.0.0.0:19291", write));
            }
        }
        command.addAll(others);
        command.add("--receive.capnproto-address=127.0.0.1:" + FreePort.next());
        return new LiveReceiver(command, scratch.resolve("receive.log"), http, write);
    }

    /** The pod of that number at an address of its own, with the ports that it has in a cluster. */
    static LiveReceiver ofPod(Manifest receivers, int number, PodFolder folder, String address, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(ThanosProgram.V0_37_2.path()));
        args(receivers, number, folder).forEach(arg -> command.add(arg.replace("0.0.0.0:", address + ":")));
        command.add("--receive.capnproto-address=" + address + ":19391");
        return new LiveReceiver(command, log, address + ":10902", ThanosProcess.write(address));
    }

    private static List<String> args(Manifest receivers, int number, PodFolder folder) {
        return new Pod(receivers, receivers.pod().at("/containers/0"))
                .args(number).stream().map(folder::relocated).toList();
    }

    void awaitAnswer(String path) {
        Eventually.becomes("the receiver answers on " + path, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("it ended: " + log());
            }
            return !page(path).isEmpty();
        });
    }

    String page(String path) throws IOException, InterruptedException {
        return Page.of("http://" + http + path);
    }

    /** One that stands {@link #alone}, as lines below {@code receivers:} in ringgate.yaml. */
    String yaml() {
        return """
                hashrings_file: %s
                algorithm: ketama
                write: {port: %s}
                health: {port: %s}""".formatted(log.resolveSibling(RING_OF_ONE), port(write), port(http))
                .indent(2);
    }

    private static String port(String address) {
        return address.substring(address.lastIndexOf(':') + 1);
    }

    private static boolean sameFlag(String one, String other) {
        return one.replaceAll("=.*", "").equals(other.replaceAll("=.*", ""));
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Tells it to end in good order. */
    void terminate() {
        process.destroy();
    }

    void awaitEnd() {
        Eventually.becomes("the receiver ended", () -> !process.isAlive());
        assertThat(process.exitValue()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
