package io.ringgate.k8s;

import io.ringgate.testing.Eventually;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.ThanosProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Thanos Receive with the arguments and files of a pod, on free ports of this machine. */
final class LiveReceiver implements AutoCloseable {

    private static final String RING_OF_ONE = "ring-of-one.json";

    private final Process process;
    private final Path scratch;
    private final Path log;
    private final int http;
    private final int write;

    private LiveReceiver(Process process, Path scratch, Path log, int http, int write) {
        this.process = process;
        this.scratch = scratch;
        this.log = log;
        this.http = http;
        this.write = write;
    }

    /** The pod of that number, which finds none of the others. */
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
        Pod pod = new Pod(receivers, receivers.pod().at("/containers/0"));
        PodFolder folder = PodFolder.lay(
                scratch,
                built,
                receivers,
                secret -> Map.of(
                        "objstore.yml", "type: FILESYSTEM\nconfig:\n  directory: " + scratch.resolve("bucket") + "\n"));
        int http = FreePort.next();
        int write = FreePort.next();
        List<String> command = new ArrayList<>(List.of(ThanosProgram.V0_37_2.path()));
        for (String arg : pod.args(number)) {
            if (others.stream().anyMatch(other -> sameFlag(other, arg))) {
                continue;
            }
            command.add(folder.relocated(arg)
                    .replace("0.0.0.0:10901", "127.0.0.1:" + FreePort.next())
                    .replace("0.0.0.0:10902", "127.0.0.1:" + http)
                    .replace("0.0.0.0:19291", "127.0.0.1:" + write));
        }
        command.addAll(others);
        command.add("--receive.capnproto-address=127.0.0.1:" + FreePort.next());
        Path log = scratch.resolve("receive.log");
        Process process = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new LiveReceiver(process, scratch, log, http, write);
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
        return Page.of("http://127.0.0.1:" + http + path);
    }

    /** One that stands {@link #alone}, as lines below {@code receivers:} in ringgate.yaml. */
    String yaml() {
        return """
                hashrings_file: %s
                algorithm: ketama
                write: {port: %d}
                health: {port: %d}""".formatted(scratch.resolve(RING_OF_ONE), write, http).indent(2);
    }

    private static boolean sameFlag(String one, String other) {
        return one.replaceAll("=.*", "").equals(other.replaceAll("=.*", ""));
    }

    String log() throws IOException {
        return Files.readString(log);
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
