package io.ringgate.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway as a process of its own, so that a test can kill it. */
public final class GatewayProcess implements AutoCloseable {

    private static final Pattern ADDRESSES = Pattern.compile(
            "taking writes address=\"https://127\\.0\\.0\\.1:(\\d+), http://127\\.0\\.0\\.1:(\\d+).*\" admin=\"?127\\.0\\.0\\.1:(\\d+)");

    private final RinggateProcess process;
    private final int tlsPort;
    private final int plainPort;
    private final int adminPort;
    private final PrometheusApi admin;

    private GatewayProcess(RinggateProcess process, Matcher addresses) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        this.tlsPort = Integer.parseInt(addresses.group(1));
        this.plainPort = Integer.parseInt(addresses.group(2));
        this.adminPort = Integer.parseInt(addresses.group(3));
        this.admin = new PrometheusApi(URI.create("http://127.0.0.1:" + adminPort));
    }

    /** The first start after a build makes the AOT cache, which may take longer than a start should. */
    private static void prepareTheProgram(Path folder) throws IOException, InterruptedException {
        try (RinggateProcess first = RinggateProcess.start(folder, "--version")) {
            if (first.exitCode() != 0) {
                throw new AssertionError("bin/ringgate does not start: " + first.err());
            }
        }
    }

    /** It accepts writes when this returns. Its output goes to files in the folder. */
    public static GatewayProcess start(Path folder, TestGateway.Setup setup) throws IOException, InterruptedException {
        prepareTheProgram(folder);
        RinggateProcess process =
                RinggateProcess.start(folder, "run", "--config", setup.write().toString());
        try {
            Matcher addresses = Eventually.see(
                    "the gateway tells its addresses",
                    () -> ADDRESSES.matcher(process.err()),
                    found -> !process.isAlive() || found.find());
            if (!process.isAlive()) {
                throw new AssertionError("the gateway ended: " + process.err());
            }
            return new GatewayProcess(process, addresses);
        } catch (IOException | AssertionError failed) {
            process.close();
            throw failed;
        }
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

    /** Everything it has printed so far: its log, and its access log where that goes there. */
    public String printed() throws IOException {
        return process.out() + process.err();
    }

    /** SIGHUP: reload the configuration. */
    public void hangUp() throws IOException {
        process.hangUp();
    }

    public ScrapedPage metrics() throws IOException, InterruptedException {
        return admin.metrics();
    }

    /** SIGKILL. */
    public void kill() {
        process.close();
    }

    /** SIGTERM, and waits for its end. */
    public void terminate() throws InterruptedException {
        process.terminate();
        process.exitCode();
    }

    @Override
    public void close() {
        kill();
    }
}
