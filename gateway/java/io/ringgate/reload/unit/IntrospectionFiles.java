package io.ringgate.reload.unit;

import io.ringgate.auth.oauth2.ProviderAccess;
import io.ringgate.config.Identities;
import io.ringgate.config.IntrospectionConfig;
import io.ringgate.config.Problems;
import io.ringgate.reload.UnitProblem;
import io.ringgate.secret.Secret;
import io.ringgate.tls.ClientTls;
import io.ringgate.tls.TlsProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The files that introspection names: our client secret, and the authorities of the provider's certificate. */
public final class IntrospectionFiles {

    private IntrospectionFiles() {}

    public static Set<Path> of(Identities identities) {
        Set<Path> files = new TreeSet<>();
        IntrospectionConfig config = identities.introspection();
        if (config != null) {
            files.add(config.clientSecretFile());
            if (config.caFile() != null) {
                files.add(config.caFile());
            }
        }
        return files;
    }

    /** Null without an introspection provider. */
    static @Nullable ProviderAccess read(Identities identities) throws UnitProblem {
        IntrospectionConfig config = identities.introspection();
        if (config == null) {
            return null;
        }
        Secret secret = SecretFile.read(config.clientSecretFile());
        try {
            Path ca = config.caFile();
            List<X509Certificate> authorities = ca == null ? List.of() : ClientTls.authorities(ca);
            ProviderAccess access = new ProviderAccess(config, secret, authorities);
            access.trust();
            return access;
        } catch (TlsProblem e) {
            throw new UnitProblem(e.sentence());
        }
    }

    /** Adds what is wrong with them when all are there. */
    public static void check(Identities identities, Problems problems) {
        IntrospectionConfig config = identities.introspection();
        if (config != null && of(identities).stream().allMatch(Files::isReadable)) {
            try {
                read(identities);
            } catch (UnitProblem e) {
                problems.error(config.clientSecretFile(), e.sentence());
            }
        }
    }
}
