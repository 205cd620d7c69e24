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

    private final Process process;
    private final Path log;
    private final String http;

    private LiveReceiver(Process process, Path log, int http) {
        this.process = process;
        this.log = log;
        this.http = "http://127.0.0.1:" + http;
    }

    static LiveReceiver start(Path scratch, String overlay, int number) throws IOException {
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
        List<String> command = new ArrayList<>(List.of(ThanosProgram.V0_37_2.path()));
        for (String arg : pod.args(number)) {
            command.add(folder.relocated(arg)
                    .replace("0.0.0.0:10901", "127.0.0.1:" + FreePort.next())
                    .replace("0.0.0.0:10902", "127.0.0.1:" + http)
                    .replace("0.0.0.0:19291", "127.0.0.1:" + FreePort.next()));
        }
        command.add("--receive.capnproto-address=127.0.0.1:" + FreePort.next());
        Path log = scratch.resolve("receive.log");
        Process process = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new LiveReceiver(process, log, http);
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
        return Page.of(http + path);
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
