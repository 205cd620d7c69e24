package io.ringgate.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real {@code bin/ringgate} of this checkout as a process, ended by its own handle only. */
public final class RinggateProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path out;
    private final Path err;

    private RinggateProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Its output goes to files in the folder. */
    public static RinggateProcess start(Path folder, String... arguments) throws IOException {
        return start(folder, ProcessBuilder.Redirect.PIPE, arguments);
    }

    /** One that finds the file on its standard input. */
    public static RinggateProcess reading(Path input, Path folder, String... arguments) throws IOException {
        return start(folder, ProcessBuilder.Redirect.from(input.toFile()), arguments);
    }

    private static RinggateProcess start(Path folder, ProcessBuilder.Redirect input, String... arguments)
            throws IOException {
        // A test run that was started by nohup ignores SIGHUP, and a JVM inherits that.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP", "bin/ringgate"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // 512 MiB and no options of the machine: the same heap wherever the tests run.
        builder.environment().remove("JAVA_OPTS");
        builder.environment().putAll(Map.of("RINGGATE_MEMORY_BYTES", Long.toString(512L << 20)));
        return new RinggateProcess(builder.start(), out, err);
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("bin/ringgate did not end within " + PATIENCE_SECONDS + " s");
        }
        return process.exitValue();
    }

    /** SIGTERM, as Kubernetes and systemd send it. */
    public void terminate() {
        process.destroy();
    }

    /** SIGHUP: reload the configuration. */
    public void hangUp() throws IOException {
        ProcessSignals.send(process, "HUP");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String out() throws IOException {
        return Files.readString(out);
    }

    public String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
