package io.ringgate.testing;

import io.ringgate.app.Gateway;
import io.ringgate.app.Platform;
import io.ringgate.app.StartProblem;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.Loaded;
import io.ringgate.config.Strictness;
import io.ringgate.config.yaml.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.codec.digest.Md5Crypt;

/**
 * A whole gateway in this JVM, started from configuration files as an operator would write them: a TLS listener with a
 * certificate for localhost and 127.0.0.1, a plaintext listener, and the admin listener, each on a free port.
 *
 * <p>Edges: each {@link Setup#edge} call becomes one entry; the password of every user is {@link #PASSWORD}.
 */
public final class TestGateway implements AutoCloseable {

    public static final String PASSWORD = "open sesame";

    /** {@code -Dringgate.it.platform=portable} runs everything on NIO and the JDK's TLS. */
    public static Platform platform() {
        return System.getProperty("ringgate.it.platform", "best").equals("portable")
                ? Platform.portable()
                : Platform.best();
    }

    private final Gateway gateway;
    private final TestCertificates certificates;

    private TestGateway(Gateway gateway, TestCertificates certificates) {
        this.gateway = gateway;
        this.certificates = certificates;
    }

    public static Setup in(Path folder) {
        return new Setup(folder);
    }

    /** What the configuration files will say. */
    public static final class Setup {

        private final Path folder;
        private final List<String> settings = new ArrayList<>();
        private final List<String> edges = new ArrayList<>();
        private final List<String> users = new ArrayList<>();
        private String receivers = "  addresses: [127.0.0.1:9]";
        private long budget = 64L << 20;

        private Setup(Path folder) {
            this.folder = folder;
        }

        /** Lines below {@code receivers:}, indented by two spaces. */
        public Setup receivers(String yaml) {
            this.receivers = yaml;
            return this;
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

        /** An edge with one user of the same name; {@code more} are further lines of its entry, indented by four. */
        public Setup edge(String name, String tenant, String... more) {
            edges.add("  - name: " + name + "\n    tenant: " + tenant + "\n    credentials: [{basic: {user: " + name
                    + "}}]\n" + String.join("\n", more));
            users.add(name + ":" + Md5Crypt.apr1Crypt(PASSWORD));
            return this;
        }

        /** The memory that writes may take together. */
        public Setup budget(long bytes) {
            this.budget = bytes;
            return this;
        }

        public TestGateway start() throws IOException, StartProblem {
            TestCertificates certificates =
                    new TestCertificates(folder).issue("server", "DNS:localhost", "IP:127.0.0.1");
            Files.writeString(folder.resolve("htpasswd"), String.join("\n", users) + "\n");
            Files.writeString(folder.resolve("edges.yaml"), "edges:\n" + String.join("\n", edges) + "\n");
            Path yaml = folder.resolve("ringgate.yaml");
            Files.writeString(yaml, """
                    listeners:
                      - address: 127.0.0.1:0
                        tls: {certificates: [{cert_file: %s, key_file: %s}]}
                      - {address: 127.0.0.1:0, unsafe_plaintext: true}
                    admin: {address: 127.0.0.1:0}
                    receivers:
                    %s
                    %s
                    """.formatted(
                            certificates.certificate("server"),
                            certificates.key("server"),
                            receivers,
                            String.join("\n", settings)));
            Loaded loaded = ConfigLoader.load(yaml, Strictness.STRICT, name -> null);
            if (loaded.problems().hasErrors()) {
                throw new IllegalArgumentException(loaded.problems().toString());
            }
            GatewayConfig config = Objects.requireNonNull(loaded.config());
            return new TestGateway(Gateway.start(config, platform(), budget), certificates);
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

    public int plainPort() {
        return gateway.ports().get(1);
    }

    public int adminPort() {
        return gateway.adminPort();
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

    @Override
    public void close() {
        gateway.close();
    }
}
