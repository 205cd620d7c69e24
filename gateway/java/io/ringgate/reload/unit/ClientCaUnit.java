package io.ringgate.reload.unit;

import io.ringgate.config.ClientCaFiles;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.Unit;
import io.ringgate.reload.UnitProblem;
import io.ringgate.tls.ClientTrust;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The authorities of client certificates and their revocation lists, which are read together. */
public record ClientCaUnit(ClientCaFiles pair) implements Unit {

    @Override
    public String name() {
        return "client ca " + pair.caFile();
    }

    @Override
    public Set<Path> files() {
        Path crlFile = pair.crlFile();
        return crlFile == null ? Set.of(pair.caFile()) : Set.of(pair.caFile(), crlFile);
    }

    @Override
    public ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
        Map<ClientCaFiles, ClientTrust> all = new HashMap<>(now.clientTrusts());
        all.put(pair, ConfigFiles.clientTrust(pair));
        return now.withClientTrusts(all);
    }
}
