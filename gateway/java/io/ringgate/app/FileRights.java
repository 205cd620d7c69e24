package io.ringgate.app;

import io.ringgate.config.CertificateFiles;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.LimitsSource;
import io.ringgate.config.Problems;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.unit.ClientCaUnit;
import io.ringgate.reload.unit.ConfigFiles;
import io.ringgate.reload.unit.IntrospectionFiles;
import io.ringgate.reload.unit.IssuerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warns of files that others than their owner and group may read although they hold secrets, or may write although they
 * decide who writes here. By the mode bits for others alone, which a pod's files have as well; a file system without
 * them is skipped. What a group may do is its operator's choice: Kubernetes gives Secrets to the pod's group.
 */
public final class FileRights {

    private static final int ALL = 0777;
    private static final int OTHERS = 07;
    private static final int READ = 04;
    private static final int WRITE = 02;

    /** The sticky bit: in a folder with it, users cannot replace the files of others. */
    private static final int STICKY = 01000;

    private final Problems problems;
    private final Set<Path> secrets = new LinkedHashSet<>();
    private final Set<Path> deciding = new LinkedHashSet<>();

    private FileRights(Problems problems) {
        this.problems = problems;
    }

    /**
     * Adds what it finds. Absent files are skipped: another check reports them.
     *
     * @param file ringgate.yaml itself
     */
    public static void check(GatewayConfig config, Path file, Problems problems) {
        FileRights rights = new FileRights(problems);
        rights.deciding.add(file.toAbsolutePath());
        rights.add(config.settings());
        rights.deciding.addAll(IssuerFiles.of(config.identities()));
        rights.deciding.addAll(IntrospectionFiles.of(config.identities()));
        if (config.identities().introspection() != null) {
            rights.secrets.add(config.identities().introspection().clientSecretFile());
        }
        rights.report();
    }

    private void add(GatewaySettings settings) {
        for (ServerTlsConfig tls : ActiveConfiguration.tlsConfigs(settings)) {
            if (tls != null) {
                for (CertificateFiles pair : tls.certificates()) {
                    secrets.add(pair.keyFile());
                    deciding.add(pair.certFile());
                }
                if (tls.clientAuth() != null) {
                    deciding.addAll(new ClientCaUnit(tls.clientAuth().files()).files());
                }
            }
        }
        secrets.add(settings.files().htpasswd());
        Path operators = settings.admin().htpasswdFile();
        if (operators != null) {
            secrets.add(operators);
        }
        deciding.add(settings.files().edges());
        deciding.addAll(ConfigFiles.caFile(settings));
        deciding.add(
                switch (settings.files().limits()) {
                    case LimitsSource.Folder(Path folder) -> folder;
                    case LimitsSource.Thanos(Path file) -> file;
                });
        if (settings.receivers().source() instanceof ReceiverSource.Hashrings rings) {
            deciding.add(rings.file());
        }
    }

    private void report() {
        deciding.addAll(secrets);
        Set<Path> folders = new LinkedHashSet<>();
        for (Path file : deciding) {
            Integer mode = mode(file);
            if (mode == null) {
                continue;
            }
            int others = mode & OTHERS;
            String said = "(mode 0" + Integer.toOctalString(mode & ALL) + ")";
            if ((others & READ) != 0 && secrets.contains(file)) {
                warn(
                        file,
                        "others may read it " + said
                                + " and it holds secrets: `chmod o-rwx` it, or write defaultMode: 0440"
                                + " where Kubernetes mounts it");
            }
            if ((others & WRITE) != 0 && !Files.isDirectory(file)) {
                warn(file, "others may write it " + said + " and change what holds here: `chmod o-w` it");
            }
            addFolders(file, folders);
        }
        folders.forEach(this::reportFolder);
    }

    /** Where its name stands, and where links lead. */
    private static void addFolders(Path file, Set<Path> folders) {
        try {
            Path real = file.toRealPath();
            if (Files.isDirectory(real)) {
                folders.add(real);
            }
            for (Path each : new Path[] {file.toAbsolutePath(), real}) {
                Path folder = each.getParent();
                if (folder != null) {
                    folders.add(folder.toRealPath());
                }
            }
        } catch (IOException gone) {
            // So nothing can be told of it.
        }
    }

    private void reportFolder(Path folder) {
        Integer mode = mode(folder);
        if (mode != null && (mode & WRITE) != 0 && (mode & STICKY) == 0 && !isReadOnly(folder)) {
            warn(
                    folder,
                    "others may write this folder (mode 0" + Integer.toOctalString(mode & ALL)
                            + ") and exchange the files in it: `chmod o-w` it");
        }
    }

    /** As a pod's volumes of ConfigMaps and Secrets are, whose folders have all bits set. */
    private static boolean isReadOnly(Path folder) {
        try {
            return Files.getFileStore(folder).isReadOnly();
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Null where there are no such bits, or no file. */
    private static @Nullable Integer mode(Path file) {
        try {
            return (Integer) Files.getAttribute(file, "unix:mode");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException none) {
            return null;
        }
    }

    private void warn(Path file, String sentence) {
        problems.warning(file, sentence);
    }
}
