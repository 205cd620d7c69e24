package io.ringgate.app.check;

import io.ringgate.config.AdminConfig;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.ClientCaFiles;
import io.ringgate.config.GatewayConfig;
import io.ringgate.config.GatewaySettings;
import io.ringgate.config.HostPort;
import io.ringgate.config.ListenerConfig;
import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import io.ringgate.config.ServerTlsConfig;
import io.ringgate.config.Severity;
import io.ringgate.config.SourcePosition;
import io.ringgate.config.Strictness;
import io.ringgate.http.HostNames;
import io.ringgate.reload.unit.ConfigFiles;
import io.ringgate.tls.ClientTls;
import io.ringgate.tls.ClientTrust;
import io.ringgate.tls.ServerCertificate;
import io.ringgate.tls.ServerTls;
import io.ringgate.tls.TlsEngine;
import io.ringgate.tls.TlsProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks certificates: ours, whether clients would refuse them, whether they expire soon or are for other names than clients
 * use; and those of the authorities that we trust for clients and receivers.
 */
public final class CertificateCheck {

    private static final Duration SOON = Duration.ofDays(14);

    /** Of a lifetime that is shorter than usual: it should be renewed by then. */
    private static final int LAST_PART = 3;

    private final Problems problems;
    private final Instant now;
    private final Severity unfit;
    private final Map<CertificateFiles, Optional<ServerCertificate>> loaded = new HashMap<>();
    private final Set<ClientCaFiles> toldOfClients = new HashSet<>();

    private CertificateCheck(Problems problems, Instant now, Strictness strictness) {
        this.problems = problems;
        this.now = now;
        this.unfit = strictness.absentFile();
    }

    /** Adds what it finds. Absent files are skipped: another check reports them. */
    public static void check(GatewayConfig config, Instant now, Strictness strictness, Problems problems) {
        CertificateCheck check = new CertificateCheck(problems, now, strictness);
        for (ListenerConfig listener : config.settings().listeners()) {
            ServerTlsConfig tls = listener.tls();
            if (tls != null) {
                check.listener(listener.address(), listener.hostNames(), tls);
            }
            if (tls != null && tls.clientAuth() != null) {
                check.clients(tls.clientAuth().files());
            }
        }
        AdminConfig admin = config.settings().admin();
        if (admin.tls() != null) {
            check.listener(admin.address(), admin.hostNames(), admin.tls());
        }
        check.receivers(config.settings());
    }

    private static boolean readable(CertificateFiles files) {
        return Files.isReadable(files.certFile()) && Files.isReadable(files.keyFile());
    }

    private void listener(HostPort address, List<String> hostNames, ServerTlsConfig tls) {
        List<ServerCertificate> certificates = tls.certificates().stream()
                .flatMap(files -> loaded.computeIfAbsent(files, pair -> load(pair, tls)).stream())
                .toList();
        if (certificates.size() == tls.certificates().size()) {
            names(address, hostNames, certificates);
        }
    }

    /** With all that is wrong with it, once for all listeners that show it. */
    private Optional<ServerCertificate> load(CertificateFiles files, ServerTlsConfig tls) {
        if (!readable(files)) {
            return Optional.empty();
        }
        SourcePosition position = SourcePosition.ofFile(files.certFile());
        try {
            ServerCertificate certificate = ServerCertificate.load(files);
            var _ = ServerTls.of(TlsEngine.JDK, List.of(certificate), tls.minVersion(), null);
            List<String> faults = certificate.faults(now);
            faults.forEach(fault -> problems.add(new Problem(unfit, position, fault)));
            if (faults.isEmpty()) {
                expiry(certificate, position);
            }
            return Optional.of(certificate);
        } catch (TlsProblem e) {
            problems.error(position, e.sentence());
            return Optional.empty();
        }
    }

    private void expiry(ServerCertificate certificate, SourcePosition position) {
        Duration left = Duration.between(now, certificate.expiry());
        Duration lastPart =
                Duration.between(certificate.begin(), certificate.expiry()).dividedBy(LAST_PART);
        if (left.compareTo(SOON) < 0 && left.compareTo(lastPart) < 0) {
            String when = left.toDays() > 1 ? left.toDays() + " days" : left.toHours() + " hours";
            problems.warning(
                    position, "expires in " + when + ", on " + certificate.expiry() + ": put a new one in its place");
        }
    }

    private void receivers(GatewaySettings settings) {
        for (Path file : ConfigFiles.caFile(settings)) {
            if (Files.isReadable(file)) {
                try {
                    var _ = ClientTls.authorities(file);
                } catch (TlsProblem e) {
                    problems.error(file, e.sentence());
                }
            }
        }
    }

    private void clients(ClientCaFiles files) {
        Path crlFile = files.crlFile();
        if (!Files.isReadable(files.caFile())
                || (crlFile != null && !Files.isReadable(crlFile))
                || !toldOfClients.add(files)) {
            return;
        }
        SourcePosition position = SourcePosition.ofFile(files.caFile());
        try {
            ClientTrust trust = ClientTrust.load(files);
            trust.remarks((sentence, line) -> problems.warning(position.atLine(line), sentence));
            Duration left = Duration.between(now, trust.expiry());
            if (left.compareTo(SOON) < 0) {
                problems.warning(
                        position,
                        "a certificate in it " + (left.isNegative() ? "has expired on " : "expires on ")
                                + trust.expiry() + ": nobody is believed by it from then on");
            }
            if (crlFile != null) {
                lists(SourcePosition.ofFile(crlFile), trust);
            }
        } catch (TlsProblem e) {
            problems.error(position, e.sentence());
        }
    }

    private void lists(SourcePosition position, ClientTrust trust) {
        Instant nextUpdate = trust.nextUpdate();
        if (nextUpdate != null && nextUpdate.isBefore(now)) {
            problems.warning(
                    position,
                    "is out of date since " + nextUpdate
                            + ": what was revoked later is not refused, put a new one in its place");
        }
        trust.withoutList()
                .forEach(authority -> problems.warning(
                        position,
                        "has no list of the authority " + authority + ": nothing it has issued can be revoked"));
    }

    /** Clients that call an address send no server name, so they see the first certificate. */
    private void names(HostPort listener, List<String> hostNames, List<ServerCertificate> certificates) {
        List<String> all = new ArrayList<>();
        certificates.forEach(certificate -> all.addAll(certificate.names()));
        HostNames covered = HostNames.of(all);
        HostNames addresses = HostNames.of(certificates.getFirst().addresses());
        for (String host : hostNames) {
            boolean address = host.contains(":") || host.matches("[0-9.]+");
            if (!(address ? addresses : covered).covers(host)) {
                SourcePosition position =
                        SourcePosition.ofFile(certificates.getFirst().files().certFile());
                problems.warning(
                        position,
                        address
                                ? "does not have the address " + host + " of the listener " + listener
                                        + ", and clients that call an address see the first certificate: they refuse it"
                                : "neither this nor another certificate of the listener " + listener + " has the name "
                                        + host + ": clients that call it refuse the certificate");
            }
        }
    }
}
