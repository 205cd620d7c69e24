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
 * All configuration that is in force, as one value: a change is a new value, and what is equal in both is left alone.
 *
 * @param rings of the hashring file; none where receivers are named otherwise
 * @param operators who may look at the admin pages; empty where nobody is asked
 * @param certificates of every door, by the files they came from
 * @param receiversCa whom we trust as a receiver; none for the authorities that the JDK knows
 * @param clientTrusts whom clients may have their certificates from, by the files that say so
 * @param limits how much each tenant may send
 */
public record ActiveConfiguration(
        GatewaySettings settings,
        Rings rings,
        LoadedIdentities senders,
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
        return senders.identities();
    }

    public ActiveConfiguration with(LoadedIdentities newSenders) {
        return new ActiveConfiguration(
                settings, rings, newSenders, operators, certificates, receiversCa, clientTrusts, limits);
    }

    public ActiveConfiguration with(Map<CertificateFiles, ServerCertificate> newCertificates) {
        return new ActiveConfiguration(
                settings, rings, senders, operators, newCertificates, receiversCa, clientTrusts, limits);
    }

    public ActiveConfiguration withReceiversCa(List<X509Certificate> newReceiversCa) {
        return new ActiveConfiguration(
                settings, rings, senders, operators, certificates, newReceiversCa, clientTrusts, limits);
    }

    public ActiveConfiguration with(Htpasswd newOperators) {
        return new ActiveConfiguration(
                settings, rings, senders, newOperators, certificates, receiversCa, clientTrusts, limits);
    }

    public ActiveConfiguration withClientTrusts(Map<ClientCaFiles, ClientTrust> newClientTrusts) {
        return new ActiveConfiguration(
                settings, rings, senders, operators, certificates, receiversCa, newClientTrusts, limits);
    }

    public ActiveConfiguration withRings(Rings newRings) {
        return new ActiveConfiguration(
                settings, newRings, senders, operators, certificates, receiversCa, clientTrusts, limits);
    }

    public ActiveConfiguration with(LoadedPolicies newLimits) {
        return new ActiveConfiguration(
                settings, rings, senders, operators, certificates, receiversCa, clientTrusts, newLimits);
    }

    public Policies policies() {
        return limits.policies();
    }

    /** What stands open with or without TLS: the listeners in their order, and the operators' last. */
    public static List<@Nullable ServerTlsConfig> doors(GatewaySettings settings) {
        List<@Nullable ServerTlsConfig> doors = new ArrayList<>();
        settings.listeners().forEach(listener -> doors.add(listener.tls()));
        doors.add(settings.admin().tls());
        return doors;
    }

    public List<@Nullable ServerTlsConfig> doors() {
        return doors(settings);
    }

    /** The certificates that a door shows, in its order; none for one without TLS. */
    public List<ServerCertificate> certificatesOf(@Nullable ServerTlsConfig door) {
        List<ServerCertificate> shown = new ArrayList<>();
        if (door != null) {
            for (CertificateFiles files : door.certificates()) {
                ServerCertificate certificate = certificates.get(files);
                if (certificate != null) {
                    shown.add(certificate);
                }
            }
        }
        return shown;
    }

    /** Whom the clients of a door may have their certificates from; null where they are not asked for any. */
    @Nullable
    public ClientTrust clientTrustOf(@Nullable ServerTlsConfig door) {
        ClientAuthConfig asked = door == null ? null : door.clientAuth();
        return asked == null ? null : clientTrusts.get(asked.files());
    }
}
