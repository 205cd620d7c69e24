package io.ringgate.reload.unit;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.ClientAuthConfig;
import io.ringgate.config.ClientCaFiles;
import io.ringgate.config.ClientTlsConfig;
import io.ringgate.config.FileLoadResult;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.Rings;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.TenantMatcher;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.LoadedIdentities;
import io.ringgate.reload.LoadedPolicies;
import io.ringgate.reload.UnitProblem;
import io.ringgate.reload.guard.EndpointLoss;
import io.ringgate.tls.ClientTls;
import io.ringgate.tls.ClientTrust;
import io.ringgate.tls.ServerCertificate;
import io.ringgate.tls.TlsProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files that settings name: at the start all of them, later those that are named for the first time. */
public record ConfigFiles(ConfigLoader loader) {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigFiles.class);

    /** After the name of a password file. */
    public static final String EMPTY = "has no user, as a truncated file has: write its users again";

    public static final String NOBODY =
            "edges is empty and no issuer has an edge_template, so nobody can write: add an edge";

    private static final Rings EVERYBODY =
            new Rings(List.of(new Hashring("", TenantMatcher.NONE, List.of(), "", Map.of(), null)), null);

    /** Everything, at the start. */
    public static ActiveConfiguration all(GatewayConfig config) throws UnitProblem {
        GatewaySettings settings = config.settings();
        LoadedIdentities senders = loadIdentities(settings, config.identities());
        Htpasswd operators = operators(settings);
        PasswordFiles.requireApart(settings, senders.htpasswd(), operators);
        return new ActiveConfiguration(
                settings,
                config.rings(),
                senders,
                operators,
                certificates(settings, Map.of()),
                receiversCa(settings),
                clientTrusts(settings, Map.of()),
                LoadedPolicies.of(config.policies()));
    }

    /**
     * What would be active with other settings. Files that they name as before keep their active state, even when they
     * are bad now.
     */
    ActiveConfiguration under(GatewaySettings next, ActiveConfiguration now) throws UnitProblem {
        GatewaySettings before = now.settings();
        LoadedIdentities senders = sendersUnder(next, now);
        Htpasswd operators = next.admin().equals(before.admin()) ? now.operators() : operators(next);
        PasswordFiles.requireApart(next, senders.htpasswd(), operators);
        return new ActiveConfiguration(
                next,
                next.receivers().source().equals(before.receivers().source()) ? now.rings() : otherRings(next, now),
                senders,
                operators,
                certificates(next, now.certificates()),
                caFile(next).equals(caFile(before)) ? now.receiversCa() : receiversCa(next),
                clientTrusts(next, now.clientTrusts()),
                next.files().limits().equals(before.files().limits()) ? now.limits() : limits(next));
    }

    private LoadedIdentities sendersUnder(GatewaySettings next, ActiveConfiguration now) throws UnitProblem {
        GatewaySettings before = now.settings();
        if (!next.files().edges().equals(before.files().edges())
                || !next.stamp().equals(before.stamp())) {
            return loadIdentities(next, identities(next));
        }
        return next.files().htpasswd().equals(before.files().htpasswd())
                ? now.loadedIdentities()
                : now.loadedIdentities().with(htpasswd(next, now.identities()));
    }

    /** Receivers that were in no ring took every edge, so no edge may be without one in the first file either. */
    private Rings otherRings(GatewaySettings next, ActiveConfiguration now) throws UnitProblem {
        Rings rings = rings(next);
        if (next.receivers().source() instanceof ReceiverSource.Hashrings named) {
            boolean inRings = now.settings().receivers().source() instanceof ReceiverSource.Hashrings;
            EndpointLoss.requireRings(named.file(), inRings ? now : now.withRings(EVERYBODY), rings);
        }
        return rings;
    }

    Rings rings(GatewaySettings settings) throws UnitProblem {
        return requireUsable(loader.rings(settings));
    }

    Identities identities(GatewaySettings settings) throws UnitProblem {
        return requireUsable(loader.identities(settings));
    }

    LoadedPolicies limits(GatewaySettings settings) throws UnitProblem {
        return LoadedPolicies.of(requireUsable(loader.policies(settings)));
    }

    static <T> T requireUsable(FileLoadResult<T> part) throws UnitProblem {
        T read = part.value();
        if (read == null || !part.isUsable()) {
            throw UnitProblem.of(part.problems());
        }
        return read;
    }

    /** The identities with the files that they name. */
    static LoadedIdentities loadIdentities(GatewaySettings settings, Identities identities) throws UnitProblem {
        if (!identities.nameSomebody()) {
            throw new UnitProblem(settings.files().edges() + ": " + NOBODY);
        }
        return new LoadedIdentities(
                identities,
                htpasswd(settings, identities),
                IssuerFiles.read(identities),
                IntrospectionFiles.read(identities));
    }

    /** Without a user who logs in by password there need be no file. */
    public static Htpasswd htpasswd(GatewaySettings settings, Identities identities) throws UnitProblem {
        Path file = settings.files().htpasswd();
        if (!identities.needHtpasswd() && !Files.exists(file)) {
            return Htpasswd.empty();
        }
        Htpasswd read = htpasswd(file);
        if (identities.needHtpasswd() && read.isEmpty()) {
            throw new UnitProblem("the password file " + file + " " + EMPTY);
        }
        return read;
    }

    /** The file of operators; without one the admin listener asks for no password. */
    static Htpasswd operators(GatewaySettings settings) throws UnitProblem {
        Path file = settings.admin().htpasswdFile();
        return file == null ? Htpasswd.empty() : htpasswd(file);
    }

    private static Htpasswd htpasswd(Path file) throws UnitProblem {
        try {
            return Htpasswd.load(file);
        } catch (IOException e) {
            throw new UnitProblem(
                    "the password file " + file + " cannot be read: put it back, or change its permissions");
        }
    }

    private static Map<CertificateFiles, ServerCertificate> certificates(
            GatewaySettings settings, Map<CertificateFiles, ServerCertificate> known) throws UnitProblem {
        Map<CertificateFiles, ServerCertificate> all = new HashMap<>();
        for (ServerTlsConfig tls : ActiveConfiguration.tlsConfigs(settings)) {
            for (CertificateFiles files : tls == null ? List.<CertificateFiles>of() : tls.certificates()) {
                ServerCertificate there = known.get(files);
                all.put(files, there == null ? certificate(files) : there);
            }
        }
        return all;
    }

    static ServerCertificate certificate(CertificateFiles files) throws UnitProblem {
        try {
            return ServerCertificate.load(files);
        } catch (TlsProblem e) {
            throw new UnitProblem(e.sentence());
        }
    }

    private static Map<ClientCaFiles, ClientTrust> clientTrusts(
            GatewaySettings settings, Map<ClientCaFiles, ClientTrust> known) throws UnitProblem {
        Map<ClientCaFiles, ClientTrust> all = new HashMap<>();
        for (ListenerConfig listener : settings.listeners()) {
            ClientAuthConfig asked =
                    listener.tls() == null ? null : listener.tls().clientAuth();
            if (asked != null) {
                ClientTrust there = known.get(asked.files());
                all.put(asked.files(), there == null ? clientTrust(asked.files()) : there);
            }
        }
        return all;
    }

    static ClientTrust clientTrust(ClientCaFiles files) throws UnitProblem {
        try {
            ClientTrust trust = ClientTrust.load(files);
            trust.remarks((sentence, line) -> LOG.atWarn()
                    .addKeyValue("file", files.caFile() + ":" + line)
                    .addKeyValue("reason", sentence)
                    .log("warning in client CA file"));
            return trust;
        } catch (TlsProblem e) {
            throw new UnitProblem(e.sentence());
        }
    }

    static List<X509Certificate> receiversCa(GatewaySettings settings) throws UnitProblem {
        List<Path> file = caFile(settings);
        try {
            return file.isEmpty() ? List.of() : ClientTls.authorities(file.getFirst());
        } catch (TlsProblem e) {
            throw new UnitProblem(e.sentence());
        }
    }

    /** One file or none. */
    public static List<Path> caFile(GatewaySettings settings) {
        ClientTlsConfig tls = settings.receivers().write().tls();
        return tls == null || tls.caFile() == null ? List.of() : List.of(tls.caFile());
    }
}
