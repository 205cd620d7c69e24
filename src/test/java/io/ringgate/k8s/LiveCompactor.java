package io.ringgate.k8s;

import io.ringgate.testing.FreePort;
import io.ringgate.testing.ThanosProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Compactor that may merge overlapping blocks, as receivers with an out-of-order window need it, on an empty bucket. */
final class LiveCompactor {

    private LiveCompactor() {}

    static LiveThanos start(Path folder, String mergeOverlaps) throws IOException {
        Path bucket = Files.createDirectories(folder.resolve("bucket"));
        String http = "127.0.0.1:" + FreePort.next();
        return new LiveThanos(
                List.of(
                        ThanosProgram.V0_37_2.path(),
                        "compact",
                        "--wait",
                        mergeOverlaps,
                        "--data-dir=" + folder.resolve("data"),
                        "--objstore.config={type: FILESYSTEM, config: {directory: " + bucket + "}}",
                        "--http-address=" + http),
                folder.resolve("compact.log"),
                http);
    }
}
