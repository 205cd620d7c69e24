package io.ringgate.reload.diff;

import io.ringgate.config.GatewaySettings;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Which settings differ, under the names that ringgate.yaml has for them. Values are not shown: they are in the file. */
public final class SettingChanges {

    /** Where a record is built otherwise than the file. */
    private static final Map<String, String> WRITTEN = Map.of(
            "receivers.source", "receivers.hashrings_file, dns or addresses",
            "receivers.source.file", "receivers.hashrings_file",
            "receivers.source.algorithm", "receivers.algorithm",
            "receivers.source.replication_factor", "receivers.replication_factor",
            "receivers.source.addresses", "receivers.addresses",
            "receivers.source.name", "receivers.dns",
            "receivers.source.refresh", "receivers.dns_refresh");

    private final BiPredicate<@Nullable Object, @Nullable Object> alike;
    private final List<String> changed = new ArrayList<>();

    private SettingChanges(BiPredicate<@Nullable Object, @Nullable Object> alike) {
        this.alike = alike;
    }

    public static List<String> between(GatewaySettings now, GatewaySettings next) {
        return between(now, next, Objects::equals);
    }

    /**
     * The names of what differs between two records of one kind.
     *
     * @param alike whether two values that are no records say the same
     */
    public static List<String> between(Record now, Record next, BiPredicate<@Nullable Object, @Nullable Object> alike) {
        SettingChanges changes = new SettingChanges(alike);
        changes.walk("", now, next);
        return changes.changed;
    }

    private void walk(String path, Record now, Record next) {
        for (RecordComponent component : now.getClass().getRecordComponents()) {
            String key = path + component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            Object before = value(component, now);
            Object after = value(component, next);
            if (before instanceof Record one && after instanceof Record other && one.getClass() == other.getClass()) {
                walk(key + ".", one, other);
            } else if (!alike.test(before, after)) {
                changed.add(WRITTEN.getOrDefault(key, key));
            }
        }
    }

    private static @Nullable Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record of the configuration is public", e);
        }
    }
}
