package io.ringgate.reload.unit;

import io.ringgate.config.CertificateFiles;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.Unit;
import io.ringgate.reload.UnitProblem;
import io.ringgate.tls.ServerCertificate;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One certificate of ours with its key. */
public record CertificateUnit(CertificateFiles pair) implements Unit {

    @Override
    public String name() {
        return "certificate " + pair.certFile();
    }

    @Override
    public Set<Path> files() {
        return Set.of(pair.certFile(), pair.keyFile());
    }

    @Override
    public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
        Map<CertificateFiles, ServerCertificate> all = new HashMap<>(now.certificates());
        all.put(pair, ConfigFiles.certificate(pair));
        return now.with(all);
    }

    @Override
    public String describe(ActiveConfiguration now, ActiveConfiguration next) {
        ServerCertificate before = now.certificates().get(pair);
        ServerCertificate after = next.certificates().get(pair);
        return before == null || after == null
                ? ""
                : "expires on " + after.expiry() + ", the one before on " + before.expiry();
    }
}
