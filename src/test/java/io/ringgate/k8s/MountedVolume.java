package io.ringgate.k8s;

import io.ringgate.testing.RigFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ConfigMap or Secret as the kubelet mounts it: each state in a folder of its own, {@code ..data} a link to the newest that is
 * exchanged at once, and each file a link through it. Whoever watches a file sees it renewed without a change of its link.
 */
final class MountedVolume {

    private static final String NEWEST = "..data";

    private final Path folder;
    private Map<String, String> shown = Map.of();
    private int states;
    private String mode = "rw-r--r--";
    private @Nullable Integer group;

    MountedVolume(Path folder) {
        this.folder = folder;
    }

    /** The bits of its files, which a kubelet sets; 0644 unless the volume says otherwise. */
    void defaultMode(int bits) {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((bits >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        mode = text.toString();
    }

    /** The pod's fsGroup. Only root can give files away; anybody else's tests run as who wrote them. */
    void group(int id) {
        group = "root".equals(System.getProperty("user.name")) ? id : null;
    }

    /** From now on it has these files. Nothing is written where they are the same. */
    void show(Map<String, String> files) throws IOException {
        if (files.equals(shown)) {
            return;
        }
        Path before = folder.resolve("..state-" + states++);
        Path next = Files.createDirectories(folder.resolve("..state-" + states));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path written = Files.writeString(next.resolve(file.getKey()), file.getValue());
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString(mode));
            if (group != null) {
                Files.setAttribute(written, "unix:gid", group);
            }
        }
        Path fresh = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
        Files.move(fresh, folder.resolve(NEWEST), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (String name : files.keySet()) {
            if (!shown.containsKey(name)) {
                Files.createSymbolicLink(folder.resolve(name), Path.of(NEWEST, name));
            }
        }
        for (String name : shown.keySet()) {
            if (!files.containsKey(name)) {
                Files.delete(folder.resolve(name));
            }
        }
        RigFolder.delete(before);
        shown = new HashMap<>(files);
    }
}
