package io.ringgate.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a container of the gateway's pod may do, on this machine: a file system that is read-only but for a /tmp of the pod's size,
 * the limits of memory and processors, the pod's user. Where the kernel lets a test have file systems of its own, the limits show as
 * a container's do, below /sys/fs/cgroup; else variables say them, and only rights keep the folder as it is. The pod's user takes
 * root; anybody else stays who he is.
 */
final class Confinement {

    private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);

    /** In file systems of its own: $1 the folder that stays visible below the new /tmp, then sizes, then the command. */
    private static final String OWN_FILE_SYSTEMS = """
            set -e
            folder=$1 tmp=$2 memory=$3 cpus=$4
            shift 4
            mount --bind "$folder" /mnt
            mount -t tmpfs -o "size=$tmp,mode=1777" tmpfs /tmp
            mkdir -p "$folder"
            mount --bind /mnt "$folder"
            mount -o remount,bind,ro "$folder"
            mount -t tmpfs tmpfs /sys/fs/cgroup
            echo "$memory" >/sys/fs/cgroup/memory.max
            echo "$((cpus * 100000)) 100000" >/sys/fs/cgroup/cpu.max
            mount -o remount,bind,ro /
            exec "$@"
            """;

    private final Path folder;
    private final String user;
    private final long memory;
    private final long cpus;
    private final long tmp;
    private final boolean root;
    private final boolean ownFileSystems;

    Confinement(Path folder, Manifest gateway) throws IOException, InterruptedException {
        this.folder = folder.toRealPath();
        JsonNode limits = gateway.pod().at("/containers/0/resources/limits");
        this.user = gateway.pod().at("/securityContext/runAsUser").asText();
        this.memory = bytes(limits.path("memory"));
        this.cpus = limits.path("cpu").asLong();
        this.tmp = bytes(volume(gateway, "tmp").at("/emptyDir/sizeLimit"));
        this.root = "root".equals(System.getProperty("user.name"));
        this.ownFileSystems = new ProcessBuilder(inOwnFileSystems(List.of("true")))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
        LOG.info(
                "the image runs as user {}, {}",
                root ? user : "of the tests",
                ownFileSystems
                        ? "with file systems and a cgroup of its own"
                        : "WITHOUT file systems of its own: the kernel forbids them, what is written elsewhere goes unseen");
    }

    private static JsonNode volume(Manifest gateway, String name) {
        for (JsonNode volume : gateway.pod().path("volumes")) {
            if (volume.path("name").asText().equals(name)) {
                return volume;
            }
        }
        throw new AssertionError("no volume is named " + name);
    }

    private static long bytes(JsonNode quantity) {
        return Quantity.getAmountInBytes(new Quantity(quantity.asText())).longValueExact();
    }

    long memory() {
        return memory;
    }

    /** The share of the memory that the heap is to have, in MiB. */
    long heap() {
        return (memory >> 20) * 5 / 8;
    }

    /** Not started yet; what it prints goes to the log. Of the environment there is what the image has, and no HOME. */
    ProcessBuilder process(List<String> command, Map<String, String> environment, Path log) throws IOException {
        List<String> whole = new ArrayList<>(List.of("prlimit", "--data=" + memory));
        if (root) {
            whole.addAll(List.of("setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs"));
            whole.addAll(List.of("--bounding-set", "-all", "--inh-caps", "-all"));
        }
        whole.addAll(command);
        ProcessBuilder process = new ProcessBuilder(ownFileSystems ? inOwnFileSystems(whole) : whole)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        process.environment().clear();
        process.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        process.environment().putAll(environment);
        // The whole heap at once puts the limit to the test; the processors are what the JVM sees in a container by
        // itself.
        String options = "-Xms" + heap() + "m -XX:ActiveProcessorCount=" + cpus;
        if (!ownFileSystems) {
            Path scratch = Files.createDirectories(folder.resolve("scratch"));
            Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxrwxrwx"));
            options += " -Djava.io.tmpdir=" + scratch;
            process.environment().put("TMPDIR", scratch.toString());
            process.environment().put("RINGGATE_MEMORY_BYTES", Long.toString(memory));
            process.environment().put("RINGGATE_CPUS", Long.toString(cpus));
        }
        process.environment().put("JAVA_OPTS", options);
        return process;
    }

    private List<String> inOwnFileSystems(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("unshare", "--mount"));
        if (!root) {
            whole.add("--map-root-user");
        }
        whole.addAll(List.of("bash", "-c", OWN_FILE_SYSTEMS, "confined", folder.toString()));
        whole.addAll(List.of(Long.toString(tmp), Long.toString(memory), Long.toString(cpus)));
        whole.addAll(command);
        return whole;
    }
}
