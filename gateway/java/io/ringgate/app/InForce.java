package io.ringgate.app;

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
record InForce(
        GatewaySettings settings,
        Rings rings,
        Senders senders,
        Htpasswd operators,
        Map<CertificateFiles, ServerCertificate> certificates,
        List<X509Certificate> receiversCa,
        Map<ClientCaFiles, ClientTrust> clientTrusts,
        Limits limits) {

    InForce {
        certificates = Map.copyOf(certificates);
        receiversCa = List.copyOf(receiversCa);
        clientTrusts = Map.copyOf(clientTrusts);
    }

    Identities identities() {
        return senders.identities();
    }

    InForce with(Senders newSenders) {
        return new InForce(settings, rings, newSenders, operators, certificates, receiversCa, clientTrusts, limits);
    }

    InForce with(Map<CertificateFiles, ServerCertificate> newCertificates) {
        return new InForce(settings, rings, senders, operators, newCertificates, receiversCa, clientTrusts, limits);
    }

    InForce withReceiversCa(List<X509Certificate> newReceiversCa) {
        return new InForce(settings, rings, senders, operators, certificates, newReceiversCa, clientTrusts, limits);
    }

    InForce with(Htpasswd newOperators) {
        return new InForce(settings, rings, senders, newOperators, certificates, receiversCa, clientTrusts, limits);
    }

    InForce withClientTrusts(Map<ClientCaFiles, ClientTrust> newClientTrusts) {
        return new InForce(settings, rings, senders, operators, certificates, receiversCa, newClientTrusts, limits);
    }

    InForce withRings(Rings newRings) {
        return new InForce(settings, newRings, senders, operators, certificates, receiversCa, clientTrusts, limits);
    }

    InForce with(Limits newLimits) {
        return new InForce(settings, rings, senders, operators, certificates, receiversCa, clientTrusts, newLimits);
    }

    Policies policies() {
        return limits.policies();
    }

    /** What stands open with or without TLS: the listeners in their order, and the operators' last. */
    static List<@Nullable ServerTlsConfig> doors(GatewaySettings settings) {
        List<@Nullable ServerTlsConfig> doors = new ArrayList<>();
        settings.listeners().forEach(listener -> doors.add(listener.tls()));
        doors.add(settings.admin().tls());
        return doors;
    }

    List<@Nullable ServerTlsConfig> doors() {
        return doors(settings);
    }

    /** The certificates that a door shows, in its order; none for one without TLS. */
    List<ServerCertificate> certificatesOf(@Nullable ServerTlsConfig door) {
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
    ClientTrust clientTrustOf(@Nullable ServerTlsConfig door) {
        ClientAuthConfig asked = door == null ? null : door.clientAuth();
        return asked == null ? null : clientTrusts.get(asked.files());
    }
}
