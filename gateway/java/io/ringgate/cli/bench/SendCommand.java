package io.ringgate.cli.bench;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.ringgate.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringgate bench send}: writes at a remote-write address for a while and tells how fast they were taken. */
@Command(
        name = "send",
        description = "Sends writes for some time and prints throughput and latency. The samples repeat after 64"
                + " writes, so send to a sink, not to a store.")
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
final class SendCommand implements Callable<Integer> {

    private static final Duration GRACE = Duration.ofSeconds(5);

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            required = true,
            description = "Where to send, for example https://127.0.0.1:19291/api/v1/receive.")
    private URI url;

    @Option(names = "--allow-remote", description = "Allow a target other than this machine.")
    private boolean allowRemote;

    @Option(names = "--user", paramLabel = "USER", description = "The user name for basic auth; needs --password-file.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The file with the password, on its first line.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "The CA to trust instead of those of the system, PEM.")
    private @Nullable Path caFile;

    @Option(names = "--insecure-skip-verify", description = "Do not verify the server's certificate.")
    private boolean insecure;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many connections; each has one write at a time (${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--loops", paramLabel = "N", description = "How many event loops (half the cores).")
    private int loops = Loops.fitting();

    @Option(
            names = "--series",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Series in a write (${DEFAULT-VALUE}).")
    private int series;

    @Option(
            names = "--labels",
            paramLabel = "N",
            defaultValue = "12",
            description = "Labels of a series (${DEFAULT-VALUE}).")
    private int labels;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "How long to send (${DEFAULT-VALUE}).")
    private Duration time;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            defaultValue = "0s",
            description = "Send before that, uncounted (0s).")
    private Duration warmUp;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Writes per second, sent on time even while answers are late. Default: as fast as answers"
                    + " come.")
    private @Nullable Double rate;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        checkNumbers();
        Target target = Target.of(url, allowRemote);
        SslContext tls = target.tls() ? tls() : null;
        long every = rate == null ? 0 : Math.max(1, Math.round(1e9 * connections / rate));
        RequestRing ring = new RequestRing(target, authorization(), series, labels, System.currentTimeMillis());
        LoadReport report;
        try {
            report = run(new LoadConnection.Plan(target, tls, ring, every));
        } finally {
            ring.release();
        }
        spec.commandLine().getOut().print(json ? report.json() + System.lineSeparator() : report.text());
        return report.tally().statuses.isEmpty() ? 1 : 0;
    }

    private LoadReport run(LoadConnection.Plan plan) throws InterruptedException {
        CountDownLatch finished = new CountDownLatch(connections);
        List<LoadConnection> senders = new ArrayList<>();
        LoadCounts all = new LoadCounts();
        double seconds;
        try (Loops eventLoops = new Loops(Math.min(loops, connections))) {
            long start = System.nanoTime();
            for (int i = 0; i < connections; i++) {
                LoadConnection sender = new LoadConnection(plan, eventLoops, i, finished);
                senders.add(sender);
                sender.start(start + plan.everyNanos() * i / connections);
            }
            if (!warmUp.isZero()) {
                TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
                senders.forEach(LoadConnection::forget);
                start = System.nanoTime();
            }
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            senders.forEach(LoadConnection::stop);
            if (!finished.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                all.error("no answer within " + GRACE.toSeconds() + " s after the end");
            }
            seconds = (double) (System.nanoTime() - start) / 1e9;
        }
        senders.forEach(sender -> all.add(sender.tally()));
        return new LoadReport(all, seconds);
    }

    private void checkNumbers() {
        if (connections < 1 || connections > 10_000 || loops < 1 || series < 1 || series > 100_000) {
            throw CommandFailure.wrong("--connections must be 1 to 10000, --loops at least 1, --series 1 to 100000.");
        }
        if (labels < 1 || labels > 100 || time.isZero() || (rate != null && !(rate > 0))) {
            throw CommandFailure.wrong("--labels must be 1 to 100, --for and --rate more than 0.");
        }
    }

    private String authorization() {
        if (user == null && passwordFile == null) {
            return "";
        }
        if (user == null || passwordFile == null) {
            throw CommandFailure.wrong("--user and --password-file go together.");
        }
        try {
            String pair = user + ":" + Files.readString(passwordFile).strip();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw CommandFailure.wrong("The file " + passwordFile + " of --password-file cannot be read.");
        }
    }

    private SslContext tls() {
        SslContextBuilder tls = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
        try {
            if (insecure) {
                tls.trustManager(InsecureTrustManagerFactory.INSTANCE);
            } else if (caFile != null) {
                tls.trustManager(caFile.toFile());
            }
            return tls.build();
        } catch (SSLException | IllegalArgumentException bad) {
            throw CommandFailure.wrong("The file " + caFile + " of --ca-file is not a readable PEM certificate.");
        }
    }
}
