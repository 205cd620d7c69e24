package io.ringgate.reload.unit;

import io.ringgate.config.CertificateFiles;
import io.ringgate.config.ClientCaFiles;
import io.ringgate.config.Identities;
import io.ringgate.config.LimitsSource;
import io.ringgate.config.PolicyFile;
import io.ringgate.config.ReceiverSource;
import io.ringgate.config.yaml.ConfigLoader;
import io.ringgate.reload.ActiveConfiguration;
import io.ringgate.reload.Unit;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The units there are, in the order in which they are read: the units that name files first, identities last. */
public final class ConfigUnits {

    private ConfigUnits() {}

    private static Set<Path> named(Identities identities) {
        Set<Path> files = new HashSet<>(IssuerFiles.of(identities));
        files.addAll(IntrospectionFiles.of(identities));
        return files;
    }

    private static void addLimits(List<Unit> units, ActiveConfiguration now, ConfigLoader loader) {
        switch (now.settings().files().limits()) {
            case LimitsSource.Thanos thanos -> units.add(new ThanosLimitsUnit(loader, thanos));
            case LimitsSource.Folder folder -> {
                units.add(new PolicyFolderUnit(loader, folder));
                units.add(new PolicyUnit(loader, PolicyFile.defaults(folder.folder())));
                now.limits()
                        .sorted()
                        .forEach(tenant -> units.add(new PolicyUnit(loader, PolicyFile.of(tenant, folder.folder()))));
            }
        }
    }

    public static List<Unit> of(ActiveConfiguration now, ConfigLoader loader, InstantSource clock) {
        List<Unit> units = new ArrayList<>();
        units.add(new GatewayUnit(loader, clock));
        now.certificates().keySet().stream()
                .sorted(Comparator.comparing(CertificateFiles::certFile))
                .map(CertificateUnit::new)
                .forEach(units::add);
        now.clientTrusts().keySet().stream()
                .sorted(Comparator.comparing(ClientCaFiles::caFile))
                .map(ClientCaUnit::new)
                .forEach(units::add);
        if (now.settings().receivers().source() instanceof ReceiverSource.Hashrings named) {
            units.add(new RingsUnit(loader, named.file()));
        }
        ConfigFiles.caFile(now.settings()).stream().map(ReceiversCaUnit::new).forEach(units::add);
        Path operators = now.settings().admin().htpasswdFile();
        if (operators != null) {
            units.add(new OperatorsUnit(operators));
        }
        addLimits(units, now, loader);
        units.add(new IdentitiesUnit(loader, clock, now.settings().files(), named(now.identities())));
        return units;
    }
}
