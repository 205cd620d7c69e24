package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringgate.testing.Curl;
import io.ringgate.testing.Eventually;
import io.ringgate.testing.FreePort;
import io.ringgate.testing.Proto;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the Dockerfile makes, without a docker daemon: its files laid out, started as the Deployment starts them. */
@Tag("k8s")
class ImageIT {

    private static final Logger LOG = LoggerFactory.getLogger(ImageIT.class);
    private static final String EDGE = "cluster-02-edge";

    @TempDir
    static Path scratch;

    private static Dockerfile dockerfile;
    private static LaidImage image;
    private static Manifests built;
    private static Manifest gateway;

    @BeforeAll
    static void layTheImage() throws Exception {
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
        dockerfile = Dockerfile.ofTheSources();
        image = LaidImage.lay(scratch, dockerfile);
        built = Kustomize.overlay("cluster-01-central");
        gateway = built.one("Deployment", "ringgate");
    }

    private static JsonNode container() {
        return gateway.pod().at("/containers/0");
    }

    /** With the arguments, what the pod runs: the Deployment has no command of its own. */
    private static List<String> entryPoint() {
        List<String> words = new ArrayList<>();
        Kustomize.yaml(dockerfile.image("ENTRYPOINT").getLast()).forEach(word -> words.add(word.asText()));
        return words;
    }

    private static List<String> arguments() {
        return new Pod(gateway, container()).args(0);
    }

    @Test
    void the_deployment_and_the_image_speak_of_the_same() throws Exception {
        assertThat(container().has("command")).isFalse();
        assertThat(image.at(entryPoint().getFirst())).isExecutable();
        JsonNode user = gateway.pod().path("securityContext");
        assertThat(dockerfile.image("USER").getLast())
                .isEqualTo(user.path("runAsUser").asText() + ":"
                        + user.path("runAsGroup").asText());
        List<String> ports = container().path("ports").findValuesAsText("containerPort");
        assertThat(ports)
                .containsAll(List.of(dockerfile.image("EXPOSE").getLast().split(" ", -1)));
        for (JsonNode mount : container().path("volumeMounts")) {
            Path at = Path.of(mount.path("mountPath").asText());
            assertThat(List.of(Path.of(LaidImage.HOME), Path.of("/usr"), Path.of("/lib"), Path.of("/bin")))
                    .as("what %s would hide", at)
                    .noneMatch(path -> path.startsWith(at) || at.startsWith(path));
        }
    }

    @Test
    void the_build_is_sent_what_it_copies_and_no_more() throws Exception {
        List<String> wanted = dockerfile.stages().stream()
                .flatMap(stage -> stage.texts("COPY").stream())
                .map(Dockerfile.Copy::of)
                .filter(copy -> copy.from().isEmpty())
                .flatMap(copy -> copy.sources().stream())
                .toList();

        assertThat(Files.readString(Path.of(".dockerignore")).lines().filter(line -> !line.startsWith("#")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("*"), wanted.stream().map(name -> "!" + name))
                                .toList());
    }

    @Test
    void its_runtime_has_every_module_that_our_code_names() throws Exception {
        StringWriter named = new StringWriter();
        int exit = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(named),
                        new PrintWriter(named),
                        "-s",
                        "--multi-release",
                        "25",
                        "--ignore-missing-deps",
                        image.at(LaidImage.HOME + "/target/ringgate.jar").toString());
        assertThat(exit).as("%s", named).isZero();

        Matcher has = Pattern.compile("MODULES=\"(.*)\"")
                .matcher(Files.readString(image.at(LaidImage.HOME + "/jre/release")));
        assertThat(has.find()).isTrue();
        assertThat(has.group(1).split(" ", -1))
                .containsAll(named.toString()
                        .lines()
                        .map(line -> line.replaceAll(".* -> ", ""))
                        .filter(module -> module.startsWith("java.") || module.startsWith("jdk."))
                        .toList());
    }

    @Test
    void as_the_pod_starts_it_it_takes_writes_and_goes_away_in_time() throws Exception {
        Path pod = Files.createDirectories(scratch.resolve("pod"));
        Path keys = Files.createDirectories(scratch.resolve("authority"));
        TestCertificates authority = new TestCertificates(keys);
        PodFolder folder = PodFolder.lay(pod, built, gateway, new GatewaySecrets(built, authority));
        int write = FreePort.next();
        int admin = FreePort.next();
        List<String> command =
                new ArrayList<>(entryPoint().stream().map(image::relocated).toList());
        arguments().forEach(word -> command.add(folder.relocated(word)));
        Confinement confinement = new Confinement(scratch, gateway);
        Map<Path, String> before = image.state();
        Path log = Files.createTempFile("ringgate-image", ".log");

        try (StandInReceiver receiver = StandInReceiver.start()) {
            settle(Path.of(command.getLast()), receiver, write, admin);
            long begin = System.nanoTime();
            Process process =
                    confinement.process(command, image.environment(), log).start();
            try {
                Curl curl = Curl.trusting(authority.ca());
                awaitProbes(process, log, curl, Map.of("write", write, "admin", admin));
                LOG.info("ready after {} ms", (System.nanoTime() - begin) / 1_000_000);

                assertStored(curl, write, receiver, keys.resolve("body"));
                assertFits(process, confinement, curl, admin);
                assertThat(Files.readString(proc(process, "maps")))
                        .as("the AOT cache is in use")
                        .contains("/ringgate.aot");

                assertGoesInTime(process);
                assertThat(image.state()).isEqualTo(before);
            } finally {
                process.destroyForcibly();
            }
        } finally {
            LOG.info("it printed:\n{}", Files.readString(log));
            Files.delete(log);
        }
    }

    private static void awaitProbes(Process process, Path log, Curl curl, Map<String, Integer> ports) {
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode get = container().at("/" + probe + "/httpGet");
            int port = Objects.requireNonNull(ports.get(get.path("port").asText()));
            String url = "https://127.0.0.1:" + port + get.path("path").asText();
            Eventually.becomes(probe + " is answered", () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("it ended: " + Files.readString(log));
                }
                // A kubelet does not look at the certificate.
                return curl.run("--insecure", url).status() == 200;
            });
        }
    }

    private static void assertStored(Curl curl, int port, StandInReceiver receiver, Path body) throws Exception {
        Files.write(body, Proto.write(Proto.gauge("__name__", "field_height")).packed());

        Curl.Said said = curl.run(to(
                port,
                url("/api/v1/receive"),
                "--user",
                EDGE + ":" + GatewaySecrets.PASSWORD,
                "--header",
                "Content-Type: application/x-protobuf",
                "--header",
                "Content-Encoding: snappy",
                "--data-binary",
                "@" + body));

        assertThat(said.status()).as("%s", said.body()).isEqualTo(204);
        assertThat(receiver.onlyOne().series().getFirst().labels())
                .contains("__name__=field_height", "cluster=" + EDGE);
    }

    /** The heap is the share that the launcher gives it, and all of the process is within the limit. */
    private static void assertFits(Process process, Confinement confinement, Curl curl, int adminPort)
            throws Exception {
        assertThat(Files.readString(proc(process, "cmdline")).split("\0", -1))
                .contains("-Xmx" + confinement.heap() + "m", "-XX:+UseG1GC");
        String metrics = curl.run(to(
                        adminPort, "https://ringgate-admin/metrics", "--user", "prometheus:" + GatewaySecrets.PASSWORD))
                .body();
        assertThat(new ScrapedPage(metrics).sum("ringgate_memory_budget_bytes")).isEqualTo(confinement.memory() / 4.0);
        assertThat(kibibytes(process, "VmHWM") * 1024).isLessThan(confinement.memory());
    }

    private static void assertGoesInTime(Process process) throws InterruptedException {
        long begin = System.nanoTime();
        process.destroy();

        assertThat(process.waitFor(
                        gateway.pod().path("terminationGracePeriodSeconds").asLong(), TimeUnit.SECONDS))
                .as("it ends within the grace period")
                .isTrue();
        LOG.info("gone {} ms after SIGTERM", (System.nanoTime() - begin) / 1_000_000);
        assertThat(process.exitValue()).isZero();
    }

    /** On free ports, for clients on this machine and with a receiver here; otherwise as configured. */
    private static void settle(Path config, StandInReceiver receiver, int write, int admin) throws IOException {
        edit(
                config,
                Map.of(
                        "0\\.0\\.0\\.0:19291", "127.0.0.1:" + write,
                        "0\\.0\\.0\\.0:8080", "127.0.0.1:0",
                        "0\\.0\\.0\\.0:19292", "127.0.0.1:" + admin,
                        "hashrings_file: .*\n.*algorithm: .*\n.*replication_factor: .*",
                                "addresses: [127.0.0.1:" + receiver.port() + "]"));
        edit(
                config.resolveSibling("edges.yaml"),
                Map.of("https://idp[^/]*/", "https://127.0.0.1:9/", "10\\.0\\.0\\.0/8", "127.0.0.0/8"));
    }

    private static void edit(Path file, Map<String, String> changes) throws IOException {
        String text = Files.readString(file);
        for (Map.Entry<String, String> change : changes.entrySet()) {
            String changed = text.replaceAll(change.getKey(), change.getValue());
            assertThat(changed).as(change.getKey()).isNotEqualTo(text);
            text = changed;
        }
        Files.writeString(file, text);
    }

    private static String url(String path) {
        return "https://"
                + built.one("Service", "ringgate")
                        .at("/metadata/annotations")
                        .path("lbipam.cilium.io/ips")
                        .asText()
                + path;
    }

    private static String[] to(int port, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--connect-to", "::127.0.0.1:" + port));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    private static Path proc(Process process, String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    private static long kibibytes(Process process, String name) throws IOException {
        Matcher found = Pattern.compile(name + ":\\s*(\\d+) kB")
                .matcher(Files.readString(proc(process, "status"), StandardCharsets.UTF_8));
        assertThat(found.find()).isTrue();
        return Long.parseLong(found.group(1));
    }
}
