package io.ringgate.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway in a JVM of its own, from the classes under test, whose heap can be searched. */
public final class DumpedGateway implements AutoCloseable {

    private static final Pattern PORTS = Pattern.compile(
            "taking writes address=\"https://127\\.0\\.0\\.1:(\\d+), http://127\\.0\\.0\\.1:(\\d+)\" admin=\"?127\\.0\\.0\\.1:(\\d+)");
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path folder;
    private final int tlsPort;
    private final int plainPort;
    private final int adminPort;

    private DumpedGateway(Process process, Path folder, Matcher ports) {
        this.process = process;
        this.folder = folder;
        this.tlsPort = Integer.parseInt(ports.group(1));
        this.plainPort = Integer.parseInt(ports.group(2));
        this.adminPort = Integer.parseInt(ports.group(3));
    }

    /** Takes writes when this returns, on the platform of the test run. */
    public static DumpedGateway start(Path folder, TestGateway.Setup setup) throws IOException {
        Path printed = folder.resolve("printed.txt");
        List<String> command = new ArrayList<>(List.of(
                tool("java"),
                "-Xmx320m",
                "-Dlogback.configurationFile=src/test/resources/logback-info.xml",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.ringgate.cli.Main",
                "run",
                "--config",
                setup.write().toString()));
        if (!TestGateway.platform().nativeSockets()) {
            command.add("--portable");
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        String text = Eventually.see(
                "the gateway tells its ports",
                () -> Files.readString(printed),
                found -> !process.isAlive() || PORTS.matcher(found).find());
        Matcher ports = PORTS.matcher(text);
        if (!process.isAlive() || !ports.find()) {
            throw new AssertionError("the gateway ended: " + Files.readString(printed));
        }
        return new DumpedGateway(process, folder, ports);
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    public int tlsPort() {
        return tlsPort;
    }

    public int plainPort() {
        return plainPort;
    }

    public int adminPort() {
        return adminPort;
    }

    /** Those of the texts that a reachable object holds. */
    public List<String> reachable(List<String> texts) throws IOException, InterruptedException {
        Path dump = folder.resolve("heap.hprof");
        Files.deleteIfExists(dump);
        Process jcmd = new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), "GC.heap_dump", dump.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "jcmd.txt"))
                .start();
        if (!jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
            throw new AssertionError("no heap dump: " + Files.readString(folder.resolve("jcmd.txt")));
        }
        // One byte a character, as Latin-1 strings are stored.
        String all = Files.readString(dump, StandardCharsets.ISO_8859_1);
        return texts.stream().filter(all::contains).toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
