package io.ringgate.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.Md5Crypt;

/**
 * A temporary folder with everything a gateway is configured from, as an operator would write it. Its owner alone can read
 * it, and it goes when it is closed.
 */
final class DemoFolder implements AutoCloseable {

    private static final int PASSWORD_BYTES = 18;

    private final Path path;
    private final SecureRandom random = new SecureRandom();

    private DemoFolder(Path path) {
        this.path = path;
    }

    /** One edge cluster of the demo; its user has the same name. */
    record Edge(String name, String tenant) {}

    /**
     * Writes the files.
     *
     * @param port where the gateway listens; 0 is any free port
     * @param receiverPorts where the stand-in receivers listen
     */
    static DemoFolder write(int port, List<Edge> edges, List<Integer> receiverPorts) throws IOException {
        DemoFolder folder = new DemoFolder(Files.createTempDirectory("ringgate-demo-"));
        try {
            folder.fill(port, edges, receiverPorts);
            return folder;
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    private void fill(int port, List<Edge> edges, List<Integer> receiverPorts) throws IOException {
        DemoAuthority authority = new DemoAuthority(Instant.now());
        DemoAuthority.Issued server = authority.issueForLoopback();
        write("ca.pem", authority.certificate());
        write("server.pem", server.certificate());
        write("server.key", server.key());
        List<String> users = new ArrayList<>();
        for (Edge edge : edges) {
            byte[] secret = new byte[PASSWORD_BYTES];
            random.nextBytes(secret);
            String password = Base64.getUrlEncoder().encodeToString(secret);
            write(edge.name() + ".password", password + "\n");
            users.add(edge.name() + ":" + Md5Crypt.apr1Crypt(password.getBytes(StandardCharsets.US_ASCII), random));
        }
        write("htpasswd", lines(users));
        write("edges.yaml", "edges:\n" + lines(edges.stream().map(DemoFolder::entry)));
        write("ringgate.yaml", settings(port, receiverPorts));
    }

    private static String entry(Edge edge) {
        return """
                  - name: %1$s
                    tenant: %2$s
                    credentials:
                      - basic: {user: %1$s}""".formatted(edge.name(), edge.tenant());
    }

    private static String settings(int port, List<Integer> receiverPorts) {
        return """
                listeners:
                  - address: 127.0.0.1:%d
                    tls:
                      certificates:
                        - {cert_file: server.pem, key_file: server.key}
                admin:
                  address: 127.0.0.1:0
                access_log: {file: off}
                memory_budget: 128MiB
                stamp:
                  tenant_label: tenant
                receivers:
                  addresses:
                %s
                """.formatted(
                        port,
                        receiverPorts.stream()
                                .map(receiver -> "    - 127.0.0.1:" + receiver)
                                .collect(Collectors.joining("\n")));
    }

    private static String lines(List<String> all) {
        return lines(all.stream());
    }

    private static String lines(Stream<String> all) {
        return all.collect(Collectors.joining("\n", "", "\n"));
    }

    private void write(String name, String text) throws IOException {
        Path file = path.resolve(name);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owners = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(file, owners);
        Files.writeString(file, text);
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    String password(Edge edge) throws IOException {
        return Files.readString(file(edge.name() + ".password")).strip();
    }

    /** Deletes the folder; it holds nothing but plain files. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's folder " + path + " cannot be deleted", e);
        }
    }
}
