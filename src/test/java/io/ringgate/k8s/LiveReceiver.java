package io.ringgate.k8s;

import io.ringgate.testing.FreePort;
import io.ringgate.testing.ThanosProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Receivers with the arguments and files of a pod. */
final class LiveReceiver {

    private LiveReceiver() {}

    /**
     * One that stands alone.
     *
     * @param yaml the lines below {@code receivers:} in ringgate.yaml
     */
    record Alone(LiveThanos program, String yaml) implements AutoCloseable {
        @Override
        public void close() {
            program.close();
        }
    }

    /** The pod of that number, on free ports of this machine, which finds none of the others. */
    static LiveThanos start(Path scratch, String overlay, int number) throws IOException {
        return start(
                scratch, overlay, number, "127.0.0.1:" + FreePort.next(), "127.0.0.1:" + FreePort.next(), List.of());
    }

    /** The only one of a ring of one, so that it stores what it is sent. */
    static Alone alone(Path scratch, String overlay) throws IOException {
        String self = "127.0.0.1:" + FreePort.next();
        Path ring = Files.writeString(scratch.resolve("ring-of-one.json"), "[{\"endpoints\": [\"" + self + "\"]}]");
        String http = "127.0.0.1:" + FreePort.next();
        String write = "127.0.0.1:" + FreePort.next();
        LiveThanos program = start(
                scratch,
                overlay,
                0,
                http,
                write,
                List.of(
                        "--grpc-address=" + self,
                        "--receive.local-endpoint=" + self,
                        "--receive.hashrings-file=" + ring,
                        "--receive.replication-factor=1"));
        return new Alone(program, """
                hashrings_file: %s
                algorithm: ketama
                write: {port: %s}
                health: {port: %s}""".formatted(ring, port(write), port(http)).indent(2));
    }

    private static LiveThanos start(
            Path scratch, String overlay, int number, String http, String write, List<String> others)
            throws IOException {
        Manifests built = Kustomize.overlay(overlay);
        Manifest receivers = built.one("StatefulSet", "thanos-receiver");
        PodFolder folder = PodFolder.lay(
                scratch,
                built,
                receivers,
                secret -> Map.of(
                        "objstore.yml", "type: FILESYSTEM\nconfig:\n  directory: " + scratch.resolve("bucket") + "\n"));
        List<String> arguments = command(receivers, folder);
        for (String arg : args(receivers, number, folder)) {
            if (others.stream().noneMatch(other -> sameFlag(other, arg))) {
                arguments.add(arg.replace("0.0.0.0:10901", "127.0.0.1:" + FreePort.next())
                        .replace("0.0.0.0:10902", http)
                        .replace("0.0.0.0:19291", write));
            }
        }
        arguments.addAll(others);
        arguments.add("--receive.capnproto-address=127.0.0.1:" + FreePort.next());
        return new LiveThanos(arguments, scratch.resolve("receive.log"), http);
    }

    /** The pod of that number at an address of its own, with the ports that it has in a cluster. */
    static LiveThanos ofPod(Manifest receivers, int number, PodFolder folder, String address, Path log)
            throws IOException {
        List<String> arguments = command(receivers, folder);
        args(receivers, number, folder).forEach(arg -> arguments.add(arg.replace("0.0.0.0:", address + ":")));
        arguments.add("--receive.capnproto-address=" + address + ":19391");
        return new LiveThanos(arguments, log, address + ":10902");
    }

    /** What the pod begins with in place of the image's own entry point, by a shell of this machine. */
    private static List<String> command(Manifest receivers, PodFolder folder) {
        return Manifest.elements(receivers.pod().at("/containers/0/command")).stream()
                .map(part -> folder.relocated(part.asText()).replace("/bin/thanos", ThanosProgram.V0_37_2.path()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> args(Manifest receivers, int number, PodFolder folder) {
        return new Pod(receivers, receivers.pod().at("/containers/0"))
                .args(number).stream().map(folder::relocated).toList();
    }

    private static String port(String address) {
        return address.substring(address.lastIndexOf(':') + 1);
    }

    private static boolean sameFlag(String one, String other) {
        return one.replaceAll("=.*", "").equals(other.replaceAll("=.*", ""));
    }
}
