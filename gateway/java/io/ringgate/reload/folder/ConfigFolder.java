package io.ringgate.reload.folder;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.jwt.JwtSettings;
import io.ringgate.config.EdgeCredential;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.LoadedIdentities;
import io.ringgate.reload.LoadedPolicies;
import io.ringgate.reload.unit.CertificateUnit;
import io.ringgate.reload.unit.ClientCaUnit;
import io.ringgate.reload.unit.ConfigFiles;
import io.ringgate.reload.unit.IntrospectionFiles;
import io.ringgate.reload.unit.IssuerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A configuration and the folder of its first file, absolute. */
public record ConfigFolder(GatewayConfig config, Path folder) {

    public ConfigFolder {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Null where it is not there, as in Git. */
    @Nullable
    Htpasswd htpasswd() {
        try {
            Path file = config.settings().files().htpasswd();
            return Files.isReadable(file) ? Htpasswd.load(file) : null;
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** The users that log in by password. */
    Set<String> users() {
        Set<String> users = new TreeSet<>();
        for (Identities.Held held : config.identities().held()) {
            if (held.credential().proof() instanceof EdgeCredential.Basic basic) {
                users.add(basic.user());
            }
        }
        return users;
    }

    /** What would be active by its files, without what is only in secret files. */
    ActiveConfiguration configuration(Htpasswd htpasswd) {
        return new ActiveConfiguration(
                config.settings(),
                config.rings(),
                new LoadedIdentities(config.identities(), htpasswd, JwtSettings.Files.NONE, null),
                Htpasswd.empty(),
                Map.of(),
                List.of(),
                Map.of(),
                LoadedPolicies.of(config.policies()));
    }

    /** The files that are compared by their content only, under their names in the folder. */
    Map<Path, Path> opaqueFiles() {
        GatewaySettings settings = config.settings();
        Set<Path> files = new TreeSet<>(ConfigFiles.caFile(settings));
        for (ServerTlsConfig tls : ActiveConfiguration.tlsConfigs(settings)) {
            if (tls != null) {
                tls.certificates().forEach(pair -> files.addAll(new CertificateUnit(pair).files()));
                if (tls.clientAuth() != null) {
                    files.addAll(new ClientCaUnit(tls.clientAuth().files()).files());
                }
            }
        }
        Path operators = settings.admin().htpasswdFile();
        if (operators != null) {
            files.add(operators);
        }
        files.addAll(IssuerFiles.of(config.identities()));
        files.addAll(IntrospectionFiles.of(config.identities()));
        Map<Path, Path> named = new TreeMap<>();
        files.forEach(file -> named.put(folder.relativize(file), file));
        return named;
    }
}
