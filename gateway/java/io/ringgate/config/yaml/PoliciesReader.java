package io.ringgate.config.yaml;

import io.ringgate.config.LimitsSource;
import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.PolicyFile;
import io.ringgate.config.Problems;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How much each tenant may send: a folder of policy files, or the limits file of Thanos. */
final class PoliciesReader {

    private final Environment environment;
    private final ReadContext reading;
    private volatile @Nullable String shownFolder;

    PoliciesReader(Environment environment, ReadContext reading) {
        this.environment = environment;
        this.reading = reading;
    }

    /** All policies. Contradictions are reported where a check is given; what could not be read is left out. */
    Policies read(LimitsSource source, @Nullable PolicyCheck check) {
        return switch (source) {
            case LimitsSource.Folder folder -> folder(new PolicyFolder(folder.folder(), reading).files(), check);
            case LimitsSource.Thanos thanos -> Files.exists(thanos.file()) ? thanos(thanos) : Policies.NONE;
        };
    }

    /** The limits file of Thanos. */
    Policies thanos(LimitsSource.Thanos source) {
        Section root = YamlFile.section(
                source.file(), reading.displayPath(source.file()).toString(), Environment.AS_WRITTEN, reading);
        return root == null ? Policies.NONE : new ThanosLimitsReader(root).read();
    }

    /** What one file says. */
    @Nullable
    TenantPolicy file(PolicyFile file) {
        PolicyDraft draft = draft(file, reading);
        return draft == null ? null : draft.policy();
    }

    /** The tenants' files are parsed on all processors: there may be ten thousand of them. */
    private Policies folder(List<PolicyFile> files, @Nullable PolicyCheck check) {
        TenantPolicy defaults = files.stream()
                .filter(file -> file.tenant() == null)
                .map(file -> one(file, TenantPolicy.NONE, check))
                .findFirst()
                .map(this::told)
                .orElse(TenantPolicy.NONE);
        Map<TenantId, TenantPolicy> tenants = new HashMap<>();
        files.parallelStream()
                .filter(file -> file.tenant() != null)
                .map(file -> one(file, defaults, check))
                .toList()
                .forEach(read -> tenants.put(Objects.requireNonNull(read.file().tenant()), told(read)));
        return new Policies(defaults, tenants, Policy.NO_LIMIT);
    }

    private record One(PolicyFile file, @Nullable TenantPolicy policy, Problems problems) {}

    private One one(PolicyFile file, TenantPolicy defaults, @Nullable PolicyCheck check) {
        ReadContext own = new ReadContext(new Problems(), reading.folder(), reading.absentFile(), reading.keys());
        PolicyDraft draft = draft(file, own);
        if (draft == null) {
            return new One(file, null, own.problems());
        }
        // A value that could not be read counts as absent, and would be checked as such.
        if (check != null && !own.problems().hasErrors()) {
            check.judge(file.tenant(), draft, defaults);
        }
        return new One(file, draft.policy(), own.problems());
    }

    private TenantPolicy told(One read) {
        read.problems().list().forEach(reading.problems()::add);
        return Objects.requireNonNullElse(read.policy(), TenantPolicy.NONE);
    }

    /** The folder's name as it is shown is found out once: paths are slow. */
    private String shown(PolicyFile file) {
        Path folder = Objects.requireNonNull(file.file().getParent());
        String known = shownFolder;
        if (known == null) {
            known = reading.displayPath(folder).toString();
            shownFolder = known;
        }
        return known + "/" + file.file().getFileName();
    }

    private @Nullable PolicyDraft draft(PolicyFile file, ReadContext under) {
        Section top = YamlFile.section(file.file(), shown(file), environment, under);
        return top == null ? null : PolicyDraft.read(top);
    }
}
