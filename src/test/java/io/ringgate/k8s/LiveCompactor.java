package io.ringgate.k8s;

import io.ringgate.testing.Eventually;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.ThanosProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real Thanos Compactor that may merge overlapping blocks, as receivers with an out-of-order window need it, on an empty bucket. */
final class LiveCompactor implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final String page;

    private LiveCompactor(Process process, Path log, String page) {
        this.process = process;
        this.log = log;
        this.page = page;
    }

    static LiveCompactor start(Path folder, String mergeOverlaps) throws IOException {
        Path bucket = Files.createDirectories(folder.resolve("bucket"));
        String http = "127.0.0.1:" + FreePort.next();
        Path log = folder.resolve("compact.log");
        Process process = new ProcessBuilder(
                        ThanosProgram.V0_37_2.path(),
                        "compact",
                        "--wait",
                        mergeOverlaps,
                        "--data-dir=" + folder.resolve("data"),
                        "--objstore.config={type: FILESYSTEM, config: {directory: " + bucket + "}}",
                        "--http-address=" + http)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new LiveCompactor(process, log, "http://" + http + "/metrics");
    }

    /** Its metrics, once it runs. */
    String metrics() throws IOException, InterruptedException {
        Eventually.becomes("the Compactor shows its metrics", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("it ended: " + log());
            }
            return !Page.of(page).isEmpty();
        });
        return Page.of(page);
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
