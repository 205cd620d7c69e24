package io.ringgate.app;

import io.ringgate.auth.basic.Htpasswd;
import io.ringgate.auth.basic.Users;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.ListenerConfig;
import io.ringgate.tls.ServerCertificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All configuration that is in force, as one value: a change is a new value, and what is equal in both is left alone.
 *
 * @param certificates of every listener, by the files they came from
 * @param receiversCa whom we trust as a receiver; none for the authorities that the JDK knows
 */
record InForce(
        GatewaySettings settings,
        Identities identities,
        Htpasswd htpasswd,
        Map<CertificateFiles, ServerCertificate> certificates,
        List<X509Certificate> receiversCa) {

    InForce {
        certificates = Map.copyOf(certificates);
        receiversCa = List.copyOf(receiversCa);
    }

    InForce with(Identities newIdentities, Htpasswd newHtpasswd) {
        return new InForce(settings, newIdentities, newHtpasswd, certificates, receiversCa);
    }

    InForce with(Map<CertificateFiles, ServerCertificate> newCertificates) {
        return new InForce(settings, identities, htpasswd, newCertificates, receiversCa);
    }

    InForce with(List<X509Certificate> newReceiversCa) {
        return new InForce(settings, identities, htpasswd, certificates, newReceiversCa);
    }

    Users users() {
        return Users.of(htpasswd, identities.edgesByBasicUser());
    }

    /** The certificates that a listener shows, in its order; none for one without TLS. */
    List<ServerCertificate> certificatesOf(ListenerConfig listener) {
        List<ServerCertificate> shown = new ArrayList<>();
        if (listener.tls() != null) {
            for (CertificateFiles files : listener.tls().certificates()) {
                ServerCertificate certificate = certificates.get(files);
                if (certificate != null) {
                    shown.add(certificate);
                }
            }
        }
        return shown;
    }
}
