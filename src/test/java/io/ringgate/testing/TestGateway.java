package io.ringgate.testing;

import io.ringgate.app.Gateway;
import io.ringgate.app.MemoryPlan;
import io.ringgate.app.Platform;
import io.ringgate.app.StartProblem;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.LoadResult;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.reload.Force;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.Md5Crypt;
import org.jspecify.annotations.Nullable;

/**
 * A whole gateway in this JVM, started from configuration files as an operator would write them: a TLS listener with a
 * certificate for localhost and 127.0.0.1, a plaintext listener, and the admin listener, each on a free port.
 *
 * <p>Edges: each {@link Setup#edge} call becomes one entry; the password of every user is {@link #PASSWORD}.
 */
public final class TestGateway implements AutoCloseable {

    /** The file of the access log, in the folder. */
    private static final String ACCESS_LOG = "access.jsonl";

    public static final String PASSWORD = "open sesame";

    /** {@code -Dringgate.it.platform=portable} runs everything on NIO and the JDK's TLS. */
    public static Platform platform() {
        boolean portable = System.getProperty("ringgate.it.platform", "best").equals("portable");
        return portable ? Platform.portable() : Platform.best();
    }

    private static final Set<TestGateway> RUNNING = ConcurrentHashMap.newKeySet();

    private final Gateway gateway;
    private final TestCertificates certificates;
    private final Path folder;

    private TestGateway(Gateway gateway, TestCertificates certificates, Path folder) {
        this.gateway = gateway;
        this.certificates = certificates;
        this.folder = folder;
        RUNNING.add(this);
    }

    /** Those that are started and not closed. */
    static Set<TestGateway> running() {
        return Set.copyOf(RUNNING);
    }

    /** The authority of every gateway's certificate, PEM. */
    public static Path authority() {
        return SharedAuthority.get().ca();
    }

    public static Setup in(Path folder) {
        return new Setup(folder);
    }

    /** Builds the configuration files. */
    public static final class Setup {

        private final Path folder;
        private final List<String> settings = new ArrayList<>();
        private final List<String> edges = new ArrayList<>();
        private final Map<String, String> users = new LinkedHashMap<>();
        private String receivers = "  addresses: [127.0.0.1:9]";
        private String hashrings = "[]";
        private String tokens = "";
        private long budget = 64L << 20;
        private String hostNames = "";
        private String moreListeners = "";
        private int tlsPort;
        private @Nullable TestCertificates certificates;
        private String admin = "address: 127.0.0.1:0";
        private String accessLog = "file: " + ACCESS_LOG + ", sample: 1";
        private final Map<String, String> limits = new LinkedHashMap<>();

        private Setup(Path folder) {
            this.folder = folder;
        }

        /** The policy file of a tenant, or of {@code _default}: its content. */
        public Setup limits(String tenantOrDefault, String yaml) {
            limits.put(tenantOrDefault, yaml);
            return this;
        }

        /** Lines below {@code receivers:}, indented by two spaces. */
        public Setup receivers(String yaml) {
            this.receivers = yaml;
            return this;
        }

        /** The content of a hashring file whose receivers take writes at the port. */
        public Setup hashrings(String json, int writePort) {
            this.hashrings = json;
            return receivers("  hashrings_file: hashrings.json\n  write: {port: " + writePort + "}");
        }

        public Setup receiverPorts(int... ports) {
            StringBuilder all = new StringBuilder("  addresses:");
            for (int port : ports) {
                all.append("\n    - 127.0.0.1:").append(port);
            }
            return receivers(all.toString());
        }

        /** Top-level YAML of ringgate.yaml beyond listeners, admin and receivers, for example {@code body: {…}}. */
        public Setup settings(String yaml) {
            settings.add(yaml);
            return this;
        }

        /**
         * An edge with one user of the same name; {@code more} are further lines of its entry, indented by four, those of
         * further credentials first and by six.
         */
        public Setup edge(String name, String tenant, String... more) {
            edges.add("  - name: " + name + "\n    tenant: " + tenant + "\n    credentials:\n      - basic: {user: "
                    + name + "}\n" + String.join("\n", more));
            users.put(name, Md5Crypt.apr1Crypt(PASSWORD));
            return this;
        }

        /** An entry of edges.yaml, in braces. */
        public Setup entry(String yaml) {
            edges.add("  - " + yaml);
            return this;
        }

        /** The lines above {@code edges:} in edges.yaml. */
        public Setup tokens(String yaml) {
            this.tokens = yaml;
            return this;
        }

        /** The user's hash in the password file, instead of that of {@link #PASSWORD}. */
        public Setup hash(String user, String hash) {
            users.put(user, hash);
            return this;
        }

        /** The content of the braces of {@code admin:}. */
        public Setup admin(String yaml) {
            this.admin = yaml;
            return this;
        }

        /** The content of the braces of {@code access_log:}. By default it has every request. */
        public Setup accessLog(String yaml) {
            this.accessLog = yaml;
            return this;
        }

        /** The memory that writes may take together. */
        public Setup budget(long bytes) {
            this.budget = bytes;
            return this;
        }

        /** A port for the TLS listener that is known before the start, and the same after another. */
        public Setup tlsPort(int port) {
            this.tlsPort = port;
            return this;
        }

        /** Files of the test's own, {@code server.pem} and {@code server.key} first of all, which it may overwrite. */
        public Setup certificates(TestCertificates own) {
            this.certificates = own;
            return this;
        }

        /** The host names of the TLS and the plaintext listener, as a list in YAML. */
        public Setup hostNames(String yaml) {
            this.hostNames = ", host_names: " + yaml;
            return this;
        }

        /** A third listener: its entry in YAML, in braces. */
        public Setup listener(String yaml) {
            this.moreListeners = "  - " + yaml + "\n";
            return this;
        }

        private TestCertificates shown() {
            return certificates == null ? SharedAuthority.get() : certificates;
        }

        /** Writes the files and returns the first of them. */
        Path write() throws IOException {
            StringBuilder htpasswd = new StringBuilder();
            users.forEach((user, hash) ->
                    htpasswd.append(user).append(':').append(hash).append('\n'));
            Files.writeString(folder.resolve("htpasswd"), htpasswd);
            Files.writeString(folder.resolve("edges.yaml"), tokens + "edges:\n" + String.join("\n", edges) + "\n");
            Files.writeString(folder.resolve("hashrings.json"), hashrings);
            Files.createDirectories(folder.resolve("limits"));
            for (Map.Entry<String, String> file : limits.entrySet()) {
                Files.writeString(folder.resolve("limits").resolve(file.getKey() + ".yaml"), file.getValue());
            }
            return Files.writeString(folder.resolve("ringgate.yaml"), """
                    listeners:
                      - {address: 127.0.0.1:%d, tls: {certificates: [{cert_file: %s, key_file: %s}]}%s}
                      - {address: 127.0.0.1:0, unsafe_plaintext: true%s}
                    %sadmin: {%s}
                    access_log: {%s}
                    receivers:
                    %s
                    stamp: {tenant_label: tenant}\n%s
                    """.formatted(
                            tlsPort,
                            shown().certificate("server"),
                            shown().key("server"),
                            hostNames,
                            hostNames,
                            moreListeners,
                            admin,
                            accessLog,
                            receivers,
                            String.join("\n", settings)));
        }

        public TestGateway start() throws IOException, StartProblem {
            Path yaml = write();
            ConfigLoader loader = new ConfigLoader(yaml, Strictness.STRICT, name -> null);
            LoadResult loaded = loader.load();
            if (loaded.problems().hasErrors()) {
                throw new IllegalArgumentException(loaded.problems().toString());
            }
            GatewayConfig config = Objects.requireNonNull(loaded.config());
            TestGateway started = new TestGateway(
                    Gateway.start(config, loader, platform(), new MemoryPlan(budget, 20_000)), shown(), folder);
            // A start reads every file once more, on another thread: an edit of the test must not come before that.
            started.reload();
            return started;
        }
    }

    /** Writes the hashring file and reloads it. */
    public void use(String hashrings) {
        try {
            replace(file("hashrings.json"), hashrings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String said = reload(Force.RINGS);
        if (!said.matches("(?s).*rings: applied.*|nothing changed\n")) {
            throw new IllegalArgumentException(said);
        }
    }

    public Gateway gateway() {
        return gateway;
    }

    /** The authority that signed the TLS listener's certificate, PEM. */
    public Path ca() {
        return certificates.ca();
    }

    public int tlsPort() {
        return gateway.ports().get(0);
    }

    /** Of a path on the TLS listener. */
    public String url(String path) {
        return "https://127.0.0.1:" + tlsPort() + path;
    }

    public int plainPort() {
        return gateway.ports().get(1);
    }

    public int adminPort() {
        return gateway.adminPort();
    }

    /** A file of its configuration: {@code ringgate.yaml}, {@code edges.yaml} or {@code htpasswd}. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Changes the text of the file, without a reload. */
    public TestGateway edit(String name, UnaryOperator<String> change) throws IOException {
        String before = Files.readString(file(name));
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new IllegalArgumentException("the edit of " + name + " changes nothing");
        }
        replace(file(name), after);
        return this;
    }

    private static void replace(Path file, String text) throws IOException {
        Files.move(Files.writeString(Path.of(file + ".new"), text), file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reloads all configuration, forcing these changes. Returns the gateway's report. */
    public String reload(Force... forced) {
        return gateway.reload(Set.of(forced)).join().text();
    }

    /** The certificate and key of the TLS listener, as one entry of {@code certificates}. */
    public static String certificate() {
        TestCertificates shared = SharedAuthority.get();
        return "{cert_file: " + shared.certificate("server") + ", key_file: " + shared.key("server") + "}";
    }

    /** The lines of the access log so far, each an object by its keys; null is an empty text. */
    public List<Map<String, String>> accessLog() {
        Path file = folder.resolve(ACCESS_LOG);
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            // The last line may still be on its way.
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(FlatJson::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only line of the access log that all the facts fit to, once it is there; {@code key=value} each. */
    public Map<String, String> logged(String... facts) {
        List<Map<String, String>> found = new ArrayList<>();
        Await.until("the access log has one line with " + List.of(facts), () -> {
            found.clear();
            accessLog().stream().filter(line -> FlatJson.fits(line, facts)).forEach(found::add);
            return found.size() == 1;
        });
        return found.getFirst();
    }

    /** The value of a metric line that begins with {@code series}, 0 when there is none. */
    public double metric(String series) {
        return gateway.metricsPage()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** The sum of a metric over all its labels. */
    private double sum(String name) {
        return gateway.metricsPage()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Fails unless everything that writes and clients hold is released. Clients have closed their connections. */
    void awaitAllReleased() {
        Await.until("nothing unfinished is held", () -> gateway.unfinishedBytes() == 0);
        Await.until("no memory is reserved, but " + gateway.reservedBytes(), () -> gateway.reservedBytes() == 0);
        Await.until("no write is in flight, but " + gateway.writesInFlight(), () -> gateway.writesInFlight() == 0);
        Await.until("no client is connected, but " + gateway.connections(), () -> gateway.connections() == 0);
        Await.until(
                "no bytes wait for a receiver, but " + sum("ringgate_receiver_outstanding_bytes"),
                () -> sum("ringgate_receiver_outstanding_bytes") == 0);
    }

    /** Fails when something was not released: a gateway is closed after its clients. */
    @Override
    public void close() {
        RUNNING.remove(this);
        try {
            awaitAllReleased();
        } finally {
            gateway.close();
        }
    }

    /** Ends it as a signal does, while clients are connected and write. Afterwards nothing may be held either. */
    public void stopUnderLoad() {
        RUNNING.remove(this);
        gateway.close();
        if (gateway.reservedBytes() != 0 || gateway.writesInFlight() != 0) {
            throw new AssertionError(gateway.reservedBytes() + " bytes and " + gateway.writesInFlight()
                    + " writes are still held after the stop");
        }
    }
}
