package io.ringgate.reload;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.ClientAuthConfig;
import io.ringgate.config.ClientCaFiles;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.Policies;
import io.ringgate.config.Rings;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.tls.ClientTrust;
import io.ringgate.tls.ServerCertificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All active configuration as one value. A change is a new value; what is equal in both is not touched.
 *
 * @param rings of the hashring file; none where receivers are named otherwise
 * @param operators who may use the admin listener; empty where it asks for no password
 * @param certificates of every tls, by the files they came from
 * @param receiversCa whom we trust as a receiver; none for the authorities that the JDK knows
 * @param clientTrusts whom clients may have their certificates from, by the files that say so
 * @param limits how much each tenant may send
 */
public record ActiveConfiguration(
        GatewaySettings settings,
        Rings rings,
        LoadedIdentities loadedIdentities,
        Htpasswd operators,
        Map<CertificateFiles, ServerCertificate> certificates,
        List<X509Certificate> receiversCa,
        Map<ClientCaFiles, ClientTrust> clientTrusts,
        LoadedPolicies limits) {

    public ActiveConfiguration {
        certificates = Map.copyOf(certificates);
        receiversCa = List.copyOf(receiversCa);
        clientTrusts = Map.copyOf(clientTrusts);
    }

    public Identities identities() {
        return loadedIdentities.identities();
    }

    public ActiveConfiguration with(LoadedIdentities newSenders) {
        return new ActiveConfiguration(
                settings, rings, newSenders, operators, certificates, receiversCa, clientTrusts, limits);
    }

    public ActiveConfiguration with(Map<CertificateFiles, ServerCertificate> newCertificates) {
        return new ActiveConfiguration(
                settings, rings, loadedIdentities, operators, newCertificates, receiversCa, clientTrusts, limits);
    }

    public ActiveConfiguration withReceiversCa(List<X509Certificate> newReceiversCa) {
        return new ActiveConfiguration(
                settings, rings, loadedIdentities, operators, certificates, newReceiversCa, clientTrusts, limits);
    }

    public ActiveConfiguration with(Htpasswd newOperators) {
        return new ActiveConfiguration(
                settings, rings, loadedIdentities, newOperators, certificates, receiversCa, clientTrusts, limits);
    }

    public ActiveConfiguration withClientTrusts(Map<ClientCaFiles, ClientTrust> newClientTrusts) {
        return new ActiveConfiguration(
                settings, rings, loadedIdentities, operators, certificates, receiversCa, newClientTrusts, limits);
    }

    public ActiveConfiguration withRings(Rings newRings) {
        return new ActiveConfiguration(
                settings, newRings, loadedIdentities, operators, certificates, receiversCa, clientTrusts, limits);
    }

    public ActiveConfiguration with(LoadedPolicies newLimits) {
        return new ActiveConfiguration(
                settings, rings, loadedIdentities, operators, certificates, receiversCa, clientTrusts, newLimits);
    }

    public Policies policies() {
        return limits.policies();
    }

    /** The TLS of every listener, null for one without: in the order of the file, the admin listener last. */
    public static List<@Nullable ServerTlsConfig> tlsConfigs(GatewaySettings settings) {
        List<@Nullable ServerTlsConfig> configs = new ArrayList<>();
        settings.listeners().forEach(listener -> configs.add(listener.tls()));
        configs.add(settings.admin().tls());
        return configs;
    }

    public List<@Nullable ServerTlsConfig> tlsConfigs() {
        return tlsConfigs(settings);
    }

    /** The certificates that a tls shows, in its order; none for one without TLS. */
    public List<ServerCertificate> certificatesOf(@Nullable ServerTlsConfig tls) {
        List<ServerCertificate> shown = new ArrayList<>();
        if (tls != null) {
            for (CertificateFiles files : tls.certificates()) {
                ServerCertificate certificate = certificates.get(files);
                if (certificate != null) {
                    shown.add(certificate);
                }
            }
        }
        return shown;
    }

    /** Whom the clients of a tls may have their certificates from; null where they are not asked for any. */
    @Nullable
    public ClientTrust clientTrustOf(@Nullable ServerTlsConfig tls) {
        ClientAuthConfig asked = tls == null ? null : tls.clientAuth();
        return asked == null ? null : clientTrusts.get(asked.files());
    }
}
