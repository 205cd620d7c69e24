package io.ringgate.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the Dockerfile puts onto its base, in a folder that stands for the root: Maven's outputs from target/, the rest by the very
 * commands of its stages. Nobody may write there afterwards.
 */
final class LaidImage {

    /** Where everything of ours is. */
    static final String HOME = "/opt/ringgate";

    private static final String MAVEN_STAGE = "build";
    private static final Path MAVEN_OUTPUT = Path.of("target");

    private final Path root;
    private final Dockerfile dockerfile;
    private final Set<String> played = new HashSet<>();

    private LaidImage(Path root, Dockerfile dockerfile) {
        this.root = root;
        this.dockerfile = dockerfile;
    }

    static LaidImage lay(Path root, Dockerfile dockerfile) throws IOException, InterruptedException {
        LaidImage image = new LaidImage(root, dockerfile);
        for (String text : dockerfile.image("COPY")) {
            image.copy(Dockerfile.Copy.of(text));
        }
        for (Path path : image.paths()) {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
            rights.removeAll(PosixFilePermissions.fromString("-w--w--w-"));
            Files.setPosixFilePermissions(path, rights);
        }
        return image;
    }

    private void copy(Dockerfile.Copy copy) throws IOException, InterruptedException {
        for (String source : copy.sources()) {
            if (copy.from().isEmpty()) {
                put(Path.of(source), copy);
            } else if (copy.from().equals(MAVEN_STAGE)) {
                String workdir = dockerfile.stage(MAVEN_STAGE).texts("WORKDIR").getFirst();
                put(MAVEN_OUTPUT.resolve(Path.of(workdir, "target").relativize(Path.of(source))), copy);
            } else {
                play(copy.from());
                if (!target(source, copy).equals(source) || !Files.exists(at(source))) {
                    throw new AssertionError(source + " is not where stage " + copy.from() + " has it: " + copy);
                }
            }
        }
    }

    /** The commands of a stage, in this folder instead of one of its own. */
    private void play(String stage) throws IOException, InterruptedException {
        if (!played.add(stage)) {
            return;
        }
        Files.createDirectories(at(HOME));
        for (String command : dockerfile.stage(stage).texts("RUN")) {
            Path log = Files.createTempFile("ringgate-image", ".log");
            ProcessBuilder shell = new ProcessBuilder("bash", "-ec", relocated(command))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            shell.environment().keySet().removeAll(List.of("JAVA_OPTS", "JAVA_HOME"));
            shell.environment().putAll(environment());
            shell.environment().merge("PATH", System.getProperty("java.home") + "/bin", (old, jdk) -> jdk + ":" + old);
            int exit = shell.start().waitFor();
            if (exit != 0) {
                throw new AssertionError(command + " ends with " + exit + ": " + Files.readString(log));
            }
            Files.delete(log);
        }
    }

    private void put(Path source, Dockerfile.Copy copy) throws IOException {
        if (!Files.exists(source)) {
            throw new AssertionError("there is no " + source + "; `mvn package` makes what lies below target/");
        }
        Path target = at(target(source.toString(), copy));
        try (Stream<Path> all = Files.walk(source)) {
            for (Path each : all.toList()) {
                Path to = target.resolve(source.relativize(each).toString());
                Files.createDirectories(to.getParent());
                Files.copy(each, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                if (!copy.mode().isEmpty()) {
                    Files.setPosixFilePermissions(to, rights(copy.mode()));
                }
            }
        }
    }

    /** As Docker has it: into a target that ends in a slash, else as the target. */
    private static String target(String source, Dockerfile.Copy copy) {
        return copy.target().endsWith("/") ? copy.target() + Path.of(source).getFileName() : copy.target();
    }

    private static Set<PosixFilePermission> rights(String octal) {
        StringBuilder text = new StringBuilder();
        int bits = Integer.parseInt(octal, 8);
        for (int i = 8; i >= 0; i--) {
            text.append((bits >> i & 1) == 0 ? '-' : "xwr".charAt(i % 3));
        }
        return PosixFilePermissions.fromString(text.toString());
    }

    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    /** The text with this folder before every path of the image that it names. */
    String relocated(String text) {
        return text.replaceAll("(?<![\\w.-])" + HOME + "(?=[/\\s]|$)", root + HOME);
    }

    /** What the image adds to the environment of its program. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        dockerfile.environment().forEach((name, value) -> environment.put(name, relocated(value)));
        return environment;
    }

    List<Path> paths() throws IOException {
        try (Stream<Path> all = Files.walk(at(HOME))) {
            return all.toList();
        }
    }

    /** Every file with its size and time, so that a change shows. */
    Map<Path, String> state() throws IOException {
        Map<Path, String> state = new TreeMap<>();
        for (Path path : paths()) {
            try {
                state.put(path, Files.size(path) + " " + Files.getLastModifiedTime(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return state;
    }
}
