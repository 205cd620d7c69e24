package io.ringgate.app;

import io.ringgate.config.CertificateFiles;
import io.ringgate.config.ClientCaFiles;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.Place;
import io.ringgate.config.Problems;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.http.HostNames;
import io.ringgate.tls.CertificateFacts;
import io.ringgate.tls.ClientTrust;
import io.ringgate.tls.ServerTls;
import io.ringgate.tls.TlsEngine;
import io.ringgate.tls.TlsProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is odd about the listeners' certificates: unfit, about to expire, or for other names than clients call; and about
 * those who vouch for clients.
 */
public final class CertificateCheck {

    private static final Duration SOON = Duration.ofDays(14);

    private final Problems problems;
    private final Instant now;
    private final Set<CertificateFacts> told = new HashSet<>();
    private final Set<ClientCaFiles> toldOfClients = new HashSet<>();

    private CertificateCheck(Problems problems, Instant now) {
        this.problems = problems;
        this.now = now;
    }

    /** Adds what is found. Listeners whose files are absent are passed over: that is told elsewhere. */
    public static void check(GatewayConfig config, Instant now, Problems problems) {
        CertificateCheck check = new CertificateCheck(problems, now);
        for (ListenerConfig listener : config.settings().listeners()) {
            ServerTlsConfig tls = listener.tls();
            if (tls != null && tls.certificates().stream().allMatch(CertificateCheck::readable)) {
                check.listener(listener, tls);
            }
            if (tls != null && tls.clientAuth() != null) {
                check.clients(tls.clientAuth().files());
            }
        }
    }

    private static boolean readable(CertificateFiles files) {
        return Files.isReadable(files.certFile()) && Files.isReadable(files.keyFile());
    }

    private void listener(ListenerConfig listener, ServerTlsConfig tls) {
        try {
            List<CertificateFacts> certificates = ServerTls.load(TlsEngine.JDK, tls.certificates(), tls.minVersion())
                    .certificates();
            certificates.forEach(this::expiry);
            names(listener, certificates);
        } catch (TlsProblem e) {
            problems.error(Place.ofFile(tls.certificates().getFirst().certFile().toString()), e.sentence());
        }
    }

    private void expiry(CertificateFacts certificate) {
        Duration left = Duration.between(now, certificate.expiry());
        if (left.compareTo(SOON) >= 0 || !told.add(certificate)) {
            return;
        }
        String when = left.isNegative()
                ? "has expired on " + certificate.expiry() + ": clients refuse it, put a new one in its place"
                : "expires in " + left.toDays() + " days, on " + certificate.expiry() + ": put a new one in its place";
        problems.warning(Place.ofFile(certificate.file().toString()), when);
    }

    private void clients(ClientCaFiles files) {
        Path crlFile = files.crlFile();
        if (!Files.isReadable(files.caFile())
                || (crlFile != null && !Files.isReadable(crlFile))
                || !toldOfClients.add(files)) {
            return;
        }
        Place place = Place.ofFile(files.caFile().toString());
        try {
            ClientTrust trust = ClientTrust.load(files);
            trust.remarks((sentence, line) -> problems.warning(place.atLine(line), sentence));
            Duration left = Duration.between(now, trust.expiry());
            if (left.compareTo(SOON) < 0) {
                problems.warning(
                        place,
                        "a certificate in it " + (left.isNegative() ? "has expired on " : "expires on ")
                                + trust.expiry() + ": nobody is believed by it from then on");
            }
            if (crlFile != null) {
                lists(Place.ofFile(crlFile.toString()), trust);
            }
        } catch (TlsProblem e) {
            problems.error(place, e.sentence());
        }
    }

    private void lists(Place place, ClientTrust trust) {
        Instant nextUpdate = trust.nextUpdate();
        if (nextUpdate != null && nextUpdate.isBefore(now)) {
            problems.warning(
                    place,
                    "is out of date since " + nextUpdate
                            + ": what was revoked later is not refused, put a new one in its place");
        }
        trust.withoutList()
                .forEach(authority -> problems.warning(
                        place, "has no list of the authority " + authority + ": nothing it has issued can be revoked"));
    }

    /** Clients that call an address send no server name, so they see the first certificate. */
    private void names(ListenerConfig listener, List<CertificateFacts> certificates) {
        List<String> all = new ArrayList<>();
        certificates.forEach(certificate -> all.addAll(certificate.names()));
        HostNames covered = HostNames.of(all);
        HostNames addresses = HostNames.of(certificates.getFirst().addresses());
        for (String host : listener.hostNames()) {
            boolean address = host.contains(":") || host.matches("[0-9.]+");
            if (!(address ? addresses : covered).covers(host)) {
                Place place = Place.ofFile(certificates.getFirst().file().toString());
                problems.warning(
                        place,
                        address
                                ? "does not have the address " + host + " of the listener " + listener.address()
                                        + ", and clients that call an address see the first certificate: they refuse it"
                                : "neither this nor another certificate of the listener " + listener.address()
                                        + " has the name " + host + ": clients that call it refuse the certificate");
            }
        }
    }
}
