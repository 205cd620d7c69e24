package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Thanos of the field's version, whatever part it plays. It works in the folder of its log. */
final class LiveThanos implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final String http;

    /**
     * Started, not ready yet.
     *
     * @param command the program and its arguments
     * @param http host and port of its pages
     */
    LiveThanos(List<String> command, Path log, String http) throws IOException {
        this.process = new ProcessBuilder(command)
                .directory(log.resolveSibling(".").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        this.log = log;
        this.http = http;
    }

    void awaitAnswer(String path) {
        Eventually.becomes("Thanos answers on " + path, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("it ended: " + log());
            }
            return !page(path).isEmpty();
        });
    }

    String page(String path) throws IOException, InterruptedException {
        return Page.of("http://" + http + path);
    }

    /** Its metrics, once it runs. */
    String metrics() throws IOException, InterruptedException {
        awaitAnswer("/metrics");
        return page("/metrics");
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Tells it to end in good order. */
    void terminate() {
        process.destroy();
    }

    void awaitEnd() {
        Eventually.becomes("Thanos ended", () -> !process.isAlive());
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
