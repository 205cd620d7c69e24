package io.ringgate.app;

import io.ringgate.config.CertificateFiles;
import io.ringgate.tls.ServerCertificate;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One certificate of ours with its key. */
record CertificateUnit(CertificateFiles pair) implements Unit {

    @Override
    public String name() {
        return "certificate " + pair.certFile();
    }

    @Override
    public Set<Path> files() {
        return Set.of(pair.certFile(), pair.keyFile());
    }

    @Override
    public InForce read(InForce now) throws UnitProblem {
        Map<CertificateFiles, ServerCertificate> all = new HashMap<>(now.certificates());
        all.put(pair, ConfigFiles.certificate(pair));
        return now.with(all);
    }

    @Override
    public String describe(InForce now, InForce next) {
        ServerCertificate before = now.certificates().get(pair);
        ServerCertificate after = next.certificates().get(pair);
        return before == null || after == null
                ? ""
                : "expires on " + after.expiry() + ", the one before on " + before.expiry();
    }
}
