package io.ringgate.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes sent by Go's own HTTP client, which is Prometheus's: the program in {@code src/test/go/writes}. */
public final class GoWrites {

    private static final Path SOURCES = Path.of("src/test/go/writes");

    private final Path program;

    private GoWrites(Path program) {
        this.program = program;
    }

    /** Builds it in this folder, with the Go that {@code bin/test} asks for. */
    public static GoWrites build(Path folder) throws IOException, InterruptedException {
        Path program = folder.toAbsolutePath().resolve("writes");
        ProcessBuilder go = new ProcessBuilder("go", "build", "-buildvcs=false", "-o", program.toString(), ".")
                .directory(SOURCES.toFile())
                .redirectErrorStream(true);
        go.environment().putAll(Map.of("CGO_ENABLED", "0", "GOFLAGS", "", "GOWORK", "off"));
        run(go);
        return new GoWrites(program);
    }

    /** The status of each write, or the error of one that got none. */
    public List<String> send(String url, Path ca, String password, int connections, int writes, long bytes)
            throws IOException, InterruptedException {
        return run(new ProcessBuilder(
                program.toString(),
                url,
                ca.toString(),
                "berlin",
                password,
                Integer.toString(connections),
                Integer.toString(writes),
                Long.toString(bytes)));
    }

    private static List<String> run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile("go", ".out");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            int exit = process.waitFor();
            try (Stream<String> lines = Files.lines(out, StandardCharsets.UTF_8)) {
                List<String> all = lines.toList();
                if (exit != 0) {
                    throw new AssertionError(builder.command() + " ended with " + exit + ": " + all);
                }
                return all;
            }
        } finally {
            Files.delete(out);
        }
    }
}
