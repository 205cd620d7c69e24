package io.ringgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Keycloak over TLS on a loopback port of its own, with the realm of {@code src/test/keycloak/realm.json}. Its
 * database is a copy of the one that {@code bin/test} made, its program is shared. It is ended by its own handle only.
 */
public final class KeycloakProcess implements AutoCloseable {

    private static final Path PROGRAM = Path.of("src/test/keycloak/keycloak");
    private static final String REALM = "edges";

    private final int port = FreePort.next();
    private final KeycloakAdmin admin = new KeycloakAdmin(URI.create(url()), REALM);
    private final Path home;
    private final Process process;

    private KeycloakProcess(Path home) throws IOException {
        this.home = home;
        this.process = new ProcessBuilder(command(home))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("keycloak.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** One whose files are below the folder. */
    public static KeycloakProcess start(Path folder) throws IOException {
        if (!Files.isDirectory(PROGRAM)) {
            throw new AssertionError("There is no " + PROGRAM + "; run bin/test --tools, which prepares Keycloak.");
        }
        Path program = PROGRAM.toRealPath();
        Path home = Files.createDirectory(folder.toAbsolutePath().resolve("keycloak"));
        for (String empty : List.of("conf", "providers")) {
            Files.createDirectory(home.resolve(empty));
        }
        Files.createSymbolicLink(home.resolve("lib"), program.resolve("lib"));
        copy(program.resolve("data"), home.resolve("data"));
        KeycloakProcess keycloak = new KeycloakProcess(home);
        try {
            keycloak.awaitReady();
            return keycloak;
        } catch (AssertionError late) {
            keycloak.close();
            throw late;
        }
    }

    /** Quick to start rather than quick to run, and small. */
    private List<String> command(Path home) {
        TestCertificates certificates = SharedAuthority.get();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start",
                "--optimized",
                "--cache=local",
                "--http-host=127.0.0.1",
                "--https-port=" + port,
                "--https-certificate-file=" + certificates.certificate("server"),
                "--https-certificate-key-file=" + certificates.key("server"),
                "--hostname-strict=false");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)));
            }
        }
    }

    private void awaitReady() {
        Eventually.becomes("Keycloak answers, see " + home.resolve("keycloak.log"), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Keycloak ended with " + process.exitValue() + ", see " + home);
            }
            return admin.answers();
        });
    }

    private String url() {
        return "https://127.0.0.1:" + port;
    }

    /** What its tokens name as {@code iss}. */
    public String issuer() {
        return url() + "/realms/" + REALM;
    }

    public String tokenUrl() {
        return issuer() + "/protocol/openid-connect/token";
    }

    public String introspectionUrl() {
        return tokenUrl() + "/introspect";
    }

    public KeycloakAdmin admin() {
        return admin;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " survives its kill");
            }
            Files.deleteIfExists(home.resolve("lib"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
