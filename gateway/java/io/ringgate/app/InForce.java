package io.ringgate.app;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.jwt.Access;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.hashring.Hashring;
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
 * @param issuerFiles what the files hold that issuers of tokens name
 */
record InForce(
        GatewaySettings settings,
        List<Hashring> rings,
        Identities identities,
        Htpasswd htpasswd,
        Htpasswd operators,
        Map<CertificateFiles, ServerCertificate> certificates,
        List<X509Certificate> receiversCa,
        Access.Files issuerFiles) {

    InForce {
        rings = List.copyOf(rings);
        certificates = Map.copyOf(certificates);
        receiversCa = List.copyOf(receiversCa);
    }

    InForce with(Identities newIdentities, Htpasswd newHtpasswd) {
        return new InForce(
                settings, rings, newIdentities, newHtpasswd, operators, certificates, receiversCa, issuerFiles);
    }

    InForce with(Access.Files newIssuerFiles) {
        return new InForce(settings, rings, identities, htpasswd, operators, certificates, receiversCa, newIssuerFiles);
    }

    InForce with(Map<CertificateFiles, ServerCertificate> newCertificates) {
        return new InForce(settings, rings, identities, htpasswd, operators, newCertificates, receiversCa, issuerFiles);
    }

    InForce withReceiversCa(List<X509Certificate> newReceiversCa) {
        return new InForce(settings, rings, identities, htpasswd, operators, certificates, newReceiversCa, issuerFiles);
    }

    InForce with(Htpasswd newOperators) {
        return new InForce(settings, rings, identities, htpasswd, newOperators, certificates, receiversCa, issuerFiles);
    }

    InForce withRings(List<Hashring> newRings) {
        return new InForce(settings, newRings, identities, htpasswd, operators, certificates, receiversCa, issuerFiles);
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
}
