package io.ringgate.k8s.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One program of the cluster that runs until it is closed. Its log stays. */
final class Daemon implements AutoCloseable {

    private final Process process;
    private final Path log;

    Daemon(KubernetesProgram program, Path log, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.path().toString()));
        command.addAll(flags);
        this.log = log;
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Fails with its log once it has ended. */
    void checkAlive() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError(log.getFileName() + " ended: " + Files.readString(log));
        }
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
