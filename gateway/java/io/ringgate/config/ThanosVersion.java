package io.ringgate.config;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A release of Thanos, as {@code v0.37.2} or {@code 0.42.4-rc.1}. What follows the three numbers does not count. */
public record ThanosVersion(int major, int minor, int patch) implements Comparable<ThanosVersion> {

    private static final Comparator<ThanosVersion> ORDER = Comparator.comparingInt(ThanosVersion::major)
            .thenComparingInt(ThanosVersion::minor)
            .thenComparingInt(ThanosVersion::patch);

    private static final Pattern TEXT =
            Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(?:[-+][0-9A-Za-z.+-]{1,64})?");

    /**
     * The first release that moves no folders at its start (thanos-io/thanos#8289): those before take tenants' folders for
     * storage of one tenant when there is none of the default tenant.
     */
    public static final ThanosVersion KEEPS_TENANTS = new ThanosVersion(0, 39, 0);

    /** The tenant whose folder those before look for, unless {@code --receive.default-tenant-id} says otherwise. */
    public static final String DEFAULT_TENANT = "default-tenant";

    /** Null for a text that is no release. */
    public static @Nullable ThanosVersion of(String text) {
        Matcher found = TEXT.matcher(text);
        return found.matches() ? new ThanosVersion(number(found, 1), number(found, 2), number(found, 3)) : null;
    }

    private static int number(Matcher found, int group) {
        return Integer.parseInt(found.group(group));
    }

    public boolean keepsTenants() {
        return compareTo(KEEPS_TENANTS) >= 0;
    }

    @Override
    public int compareTo(ThanosVersion other) {
        return ORDER.compare(this, other);
    }

    /** Without the leading {@code v}. */
    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
